#!/usr/bin/env bash
# Installs what is missing and runs every test, or with --quick the fast ones. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

filter=() arguments=()
for argument in "$@"; do
  if [[ $argument == --quick ]]; then filter=(--filter "Speed!=Slow"); else arguments+=("$argument"); fi
done
prepare "Usage: bash tests/run.sh [--quick] [--offline]
Installs what is missing (Debian packages, as root or with sudo), builds, and runs every test.
  --quick     leaves out the tests that carry [Slow], which take over a second each: the rest takes about 90 s on an idle machine
              of two cores. A change may break one of those: .ci/run runs every test before a merge
  --offline   no network: works once the packages are there
Tests that need the files of others find them in ../shared or where DOORAGENT_SHARED says; without them they are skipped.
The closing lines name what failed, what was skipped, and what took over 2 s without carrying [Slow] (tests/SlowAttribute.cs)." "${arguments[@]}"

build DoorAgent.sln
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# end_leftover PROGRAM: ends the process of a hanging test, which outlives the program that ran the test.
end_leftover() {
  local exe
  for exe in /proc/[0-9]*/exe; do
    if [[ $(readlink "$exe" 2>/dev/null) == "$1" ]]; then kill -KILL "${exe//[!0-9]/}" 2>/dev/null || true; fi
  done
}

# One project after the other: the end-to-end tests run in real time and must not be starved.
# After a failing project the others still run; a project that ends early leaves no results and fails the run.
# When no test begins or ends for half an hour, one hangs: the project is ended and the test is named. (The longest test takes some
# minutes on two cores, and a board is five times slower.) After a hang only the names of the tests are kept, in the results.
status=0
for project in tests/DoorAgent.Tests tests/DoorAgent.Hardware.Tests tests/DoorAgent.EndToEnd; do
  name=$(basename "$project") trx=$(basename "$project").trx
  run dotnet test "$project" -c Release --no-build -v quiet "${filter[@]}" --logger "trx;LogFileName=$trx" --results-directory "$results" \
    --blame-hang-timeout 30m --blame-hang-dump-type none || status=1
  end_leftover "$PWD/artifacts/bin/$name/release/$name"
  "artifacts/bin/$name/release/$name" -trait Speed=Slow -list methods -noLogo -noColor >>"$results/slow.txt" || status=1
  if [[ ! -s $results/$trx ]]; then
    echo "$project left no results: its tests did not run to the end." >&2
    status=1
  fi
done

# The element of a test and its outcome are one line; a test that neither passed nor was skipped has failed.
count() {
  cat "$results"/*.trx 2>/dev/null | grep -cE "<UnitTestResult .*$1" || true
}
plain() {
  sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#x[DA];/ /g; s/&amp;/\&/g'
}
all=$(count '') passed=$(count 'outcome="Passed"') skipped=$(count 'outcome="NotExecuted"')
# A test that did not end, because the test or the process hung, has no result; the sequence of begun tests names it.
find "$results" -name 'Sequence_*.xml' -exec sed -nE 's/.* DisplayName="([^"]*)".* Completed="False".*/\1/p' {} + | sort -u | plain >"$results/not-ended.txt"
failed=$((all - passed - skipped + $(wc -l <"$results/not-ended.txt")))
[[ $failed -eq 0 && $passed -gt 0 ]] || status=1

# For the log: each failed test with its message and place; "dotnet test -v quiet" prints only the names.
if [[ $failed -gt 0 ]]; then
  echo "Failed:"
  cat "$results"/*.trx | sed -nE '/<UnitTestResult .*outcome="Failed"/,/<\/UnitTestResult>/p' |
    sed -nE 's/.* testName="([^"]*)".*/  \1/p; /<Message>/,/<\/StackTrace>/{s/ *<\/?(Message|StackTrace|ErrorInfo)>//g; s/^/      /; p}' | plain
fi

if [[ -s $results/not-ended.txt ]]; then
  echo "Did not end:"
  sed 's/^/  /' "$results/not-ended.txt"
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
# Keeps --quick quick. This is not a failure, since other programs may keep the machine busy.
cat "$results"/*.trx 2>/dev/null | sed -nE '/ duration="00:00:0[01]\./d; s/.*<UnitTestResult .* testName="([^"(]*).* duration="([0-9:]+).*/\1\t\2/p' |
  sort -r | awk -F'\t' -v marked="$results/slow.txt" 'BEGIN { while ((getline name < marked) > 0) slow[name] }
    !($1 in slow) && !seen[$1]++ { print $2 "  " $1 }' >"$results/unmarked.txt"
if [[ -s $results/unmarked.txt ]]; then
  echo "Took over 2 s and do not carry [Slow], $(wc -l <"$results/unmarked.txt") tests; mark them where they do on an idle machine too:"
  sed 's/^/  /' "$results/unmarked.txt"
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
