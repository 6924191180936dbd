#!/usr/bin/env bash
# Runs a simulated door for a long time under traffic, and says whether memory, handles, threads, timers and files stay as they should.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

long=false rest=()
for argument in "$@"; do
  if [[ $argument == --long ]]; then long=true; else rest+=("$argument"); fi
done
prepare "Usage: bash tests/soak/run.sh [--long] [--offline]
Runs a door for 10 minutes with a camera of 30 frames a second, badges, operators' commands and changes of the gallery; then, with
--long, another door for an hour with 120 frames a second and ten times the traffic. Samples the process every 2 seconds and writes
artifacts/soak/real.html and accelerated.html, with the samples beside them (.csv). Exit code 1 where a promise is not kept.
Ctrl-C ends a run early; the report is of what was measured. A run cannot be continued: the age of the process is what is measured.
The environment chooses: MINUTES (default 10, with --long also 60 for the second), MODELS (folder of networks; default the built-in)." "${rest[@]}"

build tests/DoorAgent.Soak
status=0
soak() {
  run dotnet exec artifacts/bin/DoorAgent.Soak/release/DoorAgent.Soak.dll "$@" ${MODELS:+--models "$MODELS"} || status=1
}
soak --name real --minutes "${MINUTES:-10}" --rate 30 --visit 5 --change 15
if [[ $long == true ]]; then
  soak --name accelerated --minutes "${MINUTES:-60}" --rate 120 --visit 0.5 --change 1.5
fi
exit "$status"
