#!/usr/bin/env bash
# From a fresh clone to a door that opens: installs what is missing, builds, and plays a day at a simulated door with real
# pictures and real networks.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash deploy/quickstart.sh [--offline]
Installs what is missing (Debian packages, as root or with sudo), builds, and plays 'dooragent simulate'.
  --offline   no network: works once the packages are there" "$@"

# Only the program is built here; tests/run.sh builds the tests.
build src/DoorAgent
dooragent=artifacts/bin/DoorAgent/release/dooragent
run "$dooragent" simulate day
run "$dooragent" simulate face-only --quiet

# Pictures held before the door: judged by the liveness networks where a developer has them, else by the cues alone. The output says which.
if [[ -d ../shared/models ]]; then
  run "$dooragent" simulate liveness --quiet --models ../shared/models
  run "$dooragent" simulate liveness-turn --quiet --models ../shared/models
else
  run "$dooragent" simulate liveness --quiet
fi

# The seed document's own people and stronger networks, where a developer has them beside the checkout.
if [[ -d ../shared/models && -d ../shared/faces/seed ]]; then
  for scenario in seed seed-identify; do
    run "$dooragent" simulate "$scenario" --quiet --models ../shared/models --root seed=../shared/faces/seed
  done
fi
echo "The door works. Next: 'dooragent try', and enrol yourself with a webcam, as the README shows."
