#!/usr/bin/env bash
# Writes the tables of settings (deploy/guide/configuration.md) from the code: run this script after a change of a setting.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build src/DoorAgent --verbosity quiet
guide=deploy/guide/configuration.md
tables=$(mktemp)
trap 'rm -f "$tables" "$tables.page"' EXIT
artifacts/bin/DoorAgent/debug/dooragent config show --markdown >"$tables"
awk -v tables="$tables" '
    /^<!-- settings end -->$/ { skipping = 0 }
    !skipping { print }
    /^<!-- settings begin/ { print ""; while ((getline line < tables) > 0) print line; print ""; skipping = 1 }
' "$guide" >"$tables.page"
cat "$tables.page" >"$guide"
