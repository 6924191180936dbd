#!/usr/bin/env bash
# Writes the page of events (README, "What each line means") again from the code: run it after adding an event or a reason.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build src/DoorAgent --verbosity quiet
page=$(mktemp)
trap 'rm -f "$page" "$page.readme"' EXIT
artifacts/bin/DoorAgent/debug/dooragent log --explain --markdown >"$page"
awk -v page="$page" '
    /^<!-- events end -->$/ { skipping = 0 }
    !skipping { print }
    /^<!-- events begin/ { print ""; while ((getline line < page) > 0) print line; print ""; skipping = 1 }
' README.md >"$page.readme"
cat "$page.readme" >README.md
