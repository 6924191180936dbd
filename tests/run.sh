#!/usr/bin/env bash
# Installs what is missing and runs every test, or with --quick the fast ones. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

filter=() arguments=()
for argument in "$@"; do
  if [[ $argument == --quick ]]; then filter=(-trait- Speed=Slow); else arguments+=("$argument"); fi
done
prepare "Usage: bash tests/run.sh [--quick] [--offline]
Installs what is missing (Debian packages, as root or with sudo), builds, and runs every test.
  --quick     leaves out the tests that carry [Slow], which take over a second each: the rest takes about 90 s on an idle machine
              of two cores. A change may break one of those: .ci/run runs every test before a merge
  --offline   no network: works once the packages are there
Tests that need the files of others find them in ../shared or where DOORAGENT_SHARED says; without them they are skipped.
The closing lines name what failed, what was skipped, and what took over 2 s without carrying [Slow] (tests/SlowAttribute.cs)." "${arguments[@]}"

[[ $offline == true ]] || run bash tests/mosquitto.sh
# The page's tests need a browser, and are skipped where it cannot be installed.
if [[ ${#filter[@]} -eq 0 && $offline == false ]] && ! command -v chromium >/dev/null && [[ $EUID -eq 0 ]]; then
  install_debian chromium || echo "chromium cannot be installed here: the tests of the page in a browser are skipped."
fi

# The tests of the training recipe need PyTorch, 0.9 GB installed, and are skipped where it cannot be installed.
if [[ ${#filter[@]} -eq 0 && $offline == false && $EUID -eq 0 ]] && ! /usr/bin/python3 -c 'import torch, cv2, onnx' 2>/dev/null; then
  install_debian python3-torch python3-opencv python3-onnx || echo "PyTorch cannot be installed here: the tests of the training recipe are skipped."
fi

[[ $offline == true ]] || run bash tests/promtool.sh
[[ $offline == true ]] || run bash tests/nats.sh
build DoorAgent.sln
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# A test that neither begins nor ends for a quarter of an hour hangs. (The longest test takes a minute or two on two cores, and a board
# is five times slower.)
patience=900

# run_tests NAME: runs the tests of a project, and ends the process when a test hangs. The names of the tests that began and ended are
# in NAME.log. The program runs without "dotnet test" between: fewer processes, and none that may wait for another.
run_tests() {
  local log=$results/$1.log task
  echo "+ $1"
  dotnet exec "artifacts/bin/$1/release/$1.dll" -noLogo -noColor -reporter verbose -trx "$results/$1.trx" "${filter[@]}" >"$log" 2>&1 &
  local tests=$!
  while kill -0 "$tests" 2>/dev/null; do
    sleep 1
    if (($(date +%s) - $(stat -c %Y "$log") > patience)); then
      echo "No test of $1 began or ended for $patience s. What the threads of the process waited in:" >&2
      for task in /proc/"$tests"/task/*; do (cd "$task" && echo "  $(cat comm): $(cat wchan) $(cat syscall)"); done >&2 2>/dev/null || true
      kill -KILL "$tests"
      break
    fi
  done
  wait "$tests"
}

# One project after the other: the end-to-end tests run in real time and must not be starved.
# After a failing project the others still run; a project that ends early leaves no results and fails the run.
status=0
for name in DoorAgent.Tests DoorAgent.Hardware.Tests DoorAgent.EndToEnd; do
  run_tests "$name" || status=1
  tail -1 "$results/$name.log"
  dotnet exec "artifacts/bin/$name/release/$name.dll" -trait Speed=Slow -list methods -noLogo -noColor >>"$results/slow.txt" || status=1
  if [[ ! -s $results/$name.trx ]]; then
    echo "$name left no results: its tests did not run to the end." >&2
    grep -vE '^ +DoorAgent\..* \[(STARTING|FINISHED)\]' "$results/$name.log" | tail -40 >&2
    # The tests that began and did not end: the process hung or died in one of them.
    awk -v names="$results/not-ended.txt" '
      / \[STARTING\]$/ { sub(/ \[STARTING\]$/, ""); sub(/^ +/, ""); open[$0] }
      / \[FINISHED\]/ { sub(/ \[FINISHED\].*/, ""); sub(/^ +/, ""); delete open[$0] }
      END { for (test in open) print test >>names }' "$results/$name.log"
    status=1
  fi
done

all_results() {
  cat "$results"/*.trx 2>/dev/null || true
}
# The element of a test and its outcome are one line; a test that neither passed nor was skipped has failed.
count() {
  all_results | grep -cE "<UnitTestResult .*$1" || true
}
plain() {
  sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#x[DA];/ /g; s/&amp;/\&/g'
}
all=$(count '') passed=$(count 'outcome="Passed"') skipped=$(count 'outcome="NotExecuted"')
touch "$results/not-ended.txt"
failed=$((all - passed - skipped + $(wc -l <"$results/not-ended.txt")))
[[ $failed -eq 0 && $passed -gt 0 ]] || status=1

# For the log: each failed test with its message and place.
if [[ $failed -gt 0 ]]; then
  echo "Failed:"
  all_results | sed -nE '/<UnitTestResult .*outcome="Failed"/,/<\/UnitTestResult>/p' |
    sed -nE 's/.* testName="([^"]*)".*/  \1/p; /<Message>/,/<\/StackTrace>/{s/ *<\/?(Message|StackTrace|ErrorInfo)>//g; s/^/      /; p}' | plain
fi

if [[ -s $results/not-ended.txt ]]; then
  echo "Did not end:"
  sed 's/^/  /' "$results/not-ended.txt"
fi

# Name, tab, reason.
if [[ $skipped -gt 0 ]]; then
  all_results | sed -nE '/<UnitTestResult .*outcome="NotExecuted"/,/<\/UnitTestResult>/p' |
    awk -F'[<>]' '/<UnitTestResult / { if (name) print name "\t" why; why = ""; name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
      /<(StdOut|Message)>/ { why = $3 }
      END { print name "\t" why }' |
    plain >"$results/skipped.txt"
  echo "Skipped:"
  sed 's/^/  /' "$results/skipped.txt"
fi
# Keeps --quick quick. This is not a failure, since other programs may keep the machine busy.
all_results | sed -nE '/ duration="00:00:0[01]\./d; s/.*<UnitTestResult .* testName="([^"(]*).* duration="([0-9:]+).*/\1\t\2/p' |
  sort -r | awk -F'\t' -v marked="$results/slow.txt" 'BEGIN { while ((getline name < marked) > 0) slow[name] }
    !($1 in slow) && !seen[$1]++ { print $2 "  " $1 }' >"$results/unmarked.txt"
if [[ -s $results/unmarked.txt ]]; then
  echo "Took over 2 s and do not carry [Slow], $(wc -l <"$results/unmarked.txt") tests; mark them where they do on an idle machine too:"
  sed 's/^/  /' "$results/unmarked.txt"
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
