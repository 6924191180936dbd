# shellcheck shell=bash
# bash completion of dooragent: the program itself knows its verbs and options.
_dooragent() {
  local word=${COMP_WORDS[COMP_CWORD]} candidate
  COMPREPLY=()
  # It offers what has the word anywhere in it, and options in the forms of other systems too.
  while IFS= read -r candidate; do
    if [[ $candidate == "$word"* && $candidate != /* && $candidate != '-?' ]]; then
      COMPREPLY+=("$candidate")
    fi
  done < <(dooragent "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
}
complete -o default -F _dooragent dooragent
