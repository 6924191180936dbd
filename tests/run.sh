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

build
results=artifacts/test-results
rm -rf "$results"
status=0
# One project after the other: the end-to-end tests run in real time and must not be starved.
run dotnet test DoorAgent.sln -c Release --no-build -m:1 -v quiet --logger trx --results-directory "$results" || status=$?

# Every test project leaves one TRX file; an element a line.
count() {
  cat "$results"/*.trx | grep -c "<UnitTestResult .*outcome=\"$1\"" || true
}
if ! compgen -G "$results/*.trx" >/dev/null; then
  echo "No test ran." >&2
  exit 1
fi
passed=$(count Passed) failed=$(count Failed) skipped=$(count NotExecuted)
if [[ $skipped -gt 0 ]]; then
  echo "Skipped:"
  cat "$results"/*.trx | sed -n '/outcome="NotExecuted"/,/<\/UnitTestResult>/p' |
    sed -nE 's/.*testName="([^"]*)".*/- \1/p; s/.*<(StdOut|Message)>(.*)<\/.*/    \2/p'
fi
[[ $failed -eq 0 && $passed -gt 0 ]] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
