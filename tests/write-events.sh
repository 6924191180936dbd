#!/usr/bin/env bash
# Writes the page of events (deploy/guide/log.md, "What each line means") from the code: run this script after adding an event or a reason.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build src/DoorAgent --verbosity quiet
page=$(mktemp)
trap 'rm -f "$page" "$page.guide"' EXIT
artifacts/bin/DoorAgent/debug/dooragent log --explain --markdown >"$page"
awk -v page="$page" '
    /^<!-- events end -->$/ { skipping = 0 }
    !skipping { print }
    /^<!-- events begin/ { print ""; while ((getline line < page) > 0) print line; print ""; skipping = 1 }
' deploy/guide/log.md >"$page.guide"
cat "$page.guide" >deploy/guide/log.md
