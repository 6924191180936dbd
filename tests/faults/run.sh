#!/usr/bin/env bash
# Kills the program at random points of everything it does, and says whether the door kept its promises. The last lines are a table.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash tests/faults/run.sh [--offline]
Kills the built program POINTS times during each operation (enrolment, import, upgrade, unlock, ...), half of them at random times and
half at random changes of the disk, and checks everything after each kill. An interrupted run goes on where it stopped.
The environment chooses: POINTS (default 1000), SEED (default 1), ONLY (a part of an operation's name).
Outcomes are kept in artifacts/faults/kills.jsonl (remove this file to begin again); the report is artifacts/faults/kills.html." "$@"
command -v gcc >/dev/null || install_debian gcc libc6-dev || {
  echo "Skipped: gcc compiles the library that is preloaded into the program, and cannot be installed here." >&2
  exit 77
}

build tests/DoorAgent.Faults
mkdir -p artifacts/faults
dotnet exec artifacts/bin/DoorAgent.Faults/release/DoorAgent.Faults.dll --points "${POINTS:-1000}" --seed "${SEED:-1}" \
  --only "${ONLY:-}" --state artifacts/faults/kills.jsonl --html artifacts/faults/kills.html
