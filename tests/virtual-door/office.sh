#!/usr/bin/env bash
# The machine beside the virtual unit, where a fleet has its office and its hub: carries out what fleet.sh asks for in the unit, one
# command at a time, until it is ended. The unit adds a command to a file of the job's folder as a line of words (ask), and reads what was
# printed (said) and the exit code (answer). Arguments: job's folder, program of DoorAgent, program nats-server.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
job=$(realpath "$1") program=$(realpath "$2") server=$(realpath "$3")
people=$(dirname "$program")/builtin/people
# The unit must not see the office's keys.
folder=$(mktemp -d)
port=$((12000 + RANDOM % 18000))
hub=
end() {
  [[ -z $hub ]] || kill "$hub"
  rm -rf "$folder"
}
trap end EXIT
trap exit TERM INT

# What the script of 'fleet init' does on a hub with Debian's service.
start_hub() {
  mkdir -p "$folder/hub" "$folder/store"
  cp "$folder"/office/hub/{hub.conf,doors.conf,hub.pem,hub.key} "$folder/hub/" || return
  "$server" -c "$folder/hub/hub.conf" >"$job/hub.log" 2>&1 &
  hub=$!
  # Ends with the line, and with the server.
  grep -q 'Server is ready' < <(tail -n +1 -f --pid=$hub "$job/hub.log") && return
  tail -n 5 "$job/hub.log"
  return 1
}

carry_out() {
  local began=$EPOCHREALTIME status=0
  case $1 in
    init)
      "$program" fleet init --test --hub "nats://localhost:$port" --files "$folder/hub" --store "$folder/store" \
        --office "$folder/office" || status=$?
      ;;
    hub) start_hub || status=$? ;;
    cable) perl "$here/cable.pl" "$job/cable.sock" "$2" || status=$? ;;
    people) "$program" "$@" --images "$people/$3" --data "$folder/data" || status=$? ;;
    publish) "$program" fleet "$@" --data "$folder/data" --office "$folder/office" || status=$? ;;
    *) "$program" fleet "$@" --office "$folder/office" || status=$? ;;
  esac
  echo "$1 took $(((${EPOCHREALTIME/./} - ${began/./}) / 1000)) ms at the office"
  return $status
}

cd "$job" || exit
touch ask
while read -ra words; do
  status=0
  carry_out "${words[@]}" >said 2>&1 </dev/null || status=$?
  echo $status >answer.part
  mv answer.part answer
done < <(tail -n +1 -f --pid=$$ ask)
