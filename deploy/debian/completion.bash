# shellcheck shell=bash
# bash completion of dooragent: the program itself knows its verbs, options, people, settings and scenarios.
_dooragent() {
  local line=${COMP_LINE:0:COMP_POINT} word candidate before
  word=${line##*[[:space:]]}
  # bash takes : and = for the beginning of a new word, and puts an answer behind the last of them.
  before=${word%"${word##*[:=]}"}
  COMPREPLY=()
  # It offers what has the word anywhere in it, and options in the forms of other systems too.
  while IFS= read -r candidate; do
    if [[ $candidate == "$word"* && $candidate != /* && $candidate != '-?' ]]; then
      printf -v candidate '%q' "${candidate#"$before"}"
      COMPREPLY+=("$candidate")
    fi
  done < <(dooragent "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
  # The value of a setting comes right behind its =.
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace
  fi
}
complete -o default -F _dooragent dooragent
