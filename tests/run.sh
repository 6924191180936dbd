#!/usr/bin/env bash
# Installs what is missing and runs every test. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash tests/run.sh [--offline]
Installs what is missing (Debian packages, as root or with sudo), builds, and runs every test.
  --offline   no network: works once the packages are there
Tests that need the files of others find them in ../shared or where DOORAGENT_SHARED says; without them they are skipped." "$@"

build DoorAgent.sln
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# One project after the other: the end-to-end tests run in real time and must not be starved.
# A failing project does not keep the others from running; one that breaks off leaves no results and fails the run.
status=0
for project in tests/DoorAgent.Tests tests/DoorAgent.Hardware.Tests tests/DoorAgent.EndToEnd; do
  trx=$(basename "$project").trx
  run dotnet test "$project" -c Release --no-build -v quiet --logger "trx;LogFileName=$trx" --results-directory "$results" || status=1
  if [[ ! -s $results/$trx ]]; then
    echo "$project left no results: its tests did not run to the end." >&2
    status=1
  fi
done

# The element of a test and its outcome are one line; what is neither passed nor skipped has failed.
count() {
  cat "$results"/*.trx 2>/dev/null | grep -cE "<UnitTestResult .*$1" || true
}
plain() {
  sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#x[DA];/ /g; s/&amp;/\&/g'
}
all=$(count '') passed=$(count 'outcome="Passed"') skipped=$(count 'outcome="NotExecuted"')
failed=$((all - passed - skipped))
[[ $failed -eq 0 && $passed -gt 0 ]] || status=1

# What a log shows later: each failed test with its message and where; "dotnet test -v quiet" prints but the names.
if [[ $failed -gt 0 ]]; then
  echo "Failed:"
  cat "$results"/*.trx | sed -nE '/<UnitTestResult .*outcome="Failed"/,/<\/UnitTestResult>/p' |
    sed -nE 's/.* testName="([^"]*)".*/  \1/p; /<Message>/,/<\/StackTrace>/{s/ *<\/?(Message|StackTrace|ErrorInfo)>//g; s/^/      /; p}' | plain
fi

# Name, tab, reason.
if [[ $skipped -gt 0 ]]; then
  cat "$results"/*.trx | sed -nE '/<UnitTestResult .*outcome="NotExecuted"/,/<\/UnitTestResult>/p' |
    awk -F'[<>]' '/<UnitTestResult / { if (name) print name "\t" why; why = ""; name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
      /<(StdOut|Message)>/ { why = $3 }
      END { print name "\t" why }' |
    plain >"$results/skipped.txt"
  echo "Skipped:"
  sed 's/^/  /' "$results/skipped.txt"
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
