# shellcheck shell=bash
# bash completion of dooragent: the program itself suggests verbs, options, people, settings and scenarios.
_dooragent() {
  local line=${COMP_LINE:0:COMP_POINT} word candidate before
  word=${line##*[[:space:]]}
  # bash splits words at : and =, and inserts the answer after the last of them.
  before=${word%"${word##*[:=]}"}
  COMPREPLY=()
  # The program also suggests what contains the word anywhere, and options in the forms of other systems: both are dropped here.
  while IFS= read -r candidate; do
    if [[ $candidate == "$word"* && $candidate != /* && $candidate != '-?' ]]; then
      printf -v candidate '%q' "${candidate#"$before"}"
      COMPREPLY+=("$candidate")
    fi
  done < <(dooragent "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
  # The value of a setting follows its = without a blank.
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace
  fi
}
complete -o default -F _dooragent dooragent
