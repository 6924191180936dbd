# bash completion of dooragent: the program itself knows its verbs and options.
_dooragent() {
  local line=${COMP_LINE:0:COMP_POINT}
  mapfile -t COMPREPLY < <(dooragent "[suggest:${COMP_POINT}]" "$line" 2>/dev/null | grep -F -- "${COMP_WORDS[COMP_CWORD]}" | grep -e "^${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _dooragent dooragent
