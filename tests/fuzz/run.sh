#!/usr/bin/env bash
# Attacks every parser with inputs that AFL++ makes, guided by the branches that our code takes. The last lines are a table.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

usage="Usage: bash tests/fuzz/run.sh [--inputs N] [--target NAME]... [--fresh] [--offline]
Tries N inputs for each parser (1000000 unless said), with SharpFuzz and AFL++ from Debian. A run that was interrupted goes on where it
was: the state is in artifacts/fuzz; --fresh forgets it. A finding is shortened and kept in tests/fuzz/corpus, where the unit tests
replay it. Exit status 1: there are findings."
inputs=1000000 targets=() fresh=0 rest=()
while (($# > 0)); do
  case $1 in
    --inputs) inputs=$2; shift ;;
    --target) targets+=("$2"); shift ;;
    --fresh) fresh=1 ;;
    *) rest+=("$1") ;;
  esac
  shift
done
prepare "$usage" "${rest[@]}"
command -v afl-fuzz >/dev/null || install_debian afl++

root=artifacts/fuzz corpus=tests/fuzz/corpus
((fresh)) && rm -rf "$root/afl" "$root/state.tsv"
mkdir -p "$root/afl"
build tests/DoorAgent.Fuzz
plain=artifacts/bin/DoorAgent.Fuzz/release/DoorAgent.Fuzz.dll
# AFL++ runs a copy, whose code says which branches it takes.
rm -rf "$root/instrumented"
cp -r "$(dirname "$plain")" "$root/instrumented"
run dotnet exec "$plain" instrument "$root/instrumented"
((${#targets[@]} > 0)) || mapfile -t targets < <(dotnet exec "$plain" list)

# AFL++ looks for marks of its own compiler, for a terminal, and for settings of the machine that only root may change.
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1
export AFL_FORKSRV_INIT_TMOUT=120000 AFL_HANG_TMOUT=1000 DOTNET_gcServer=0

# state NAME COLUMN: a number of the target's line in the state file: inputs (2), seconds (3).
state() {
  awk -F'\t' -v name="$1" -v column="$2" '$1 == name { value = $column } END { print value + 0 }' "$root/state.tsv" 2>/dev/null || echo 0
}

# fact FILE NAME: a number of AFL's statistics.
fact() {
  awk -v name="$2" '$1 == name { value = $3 } END { print value + 0 }' "$1"
}

# fuzz NAME: tries what is missing to the number of inputs.
fuzz() {
  local name=$1 out=$root/afl/$1 before seconds
  before=$(state "$name" 2) seconds=$(state "$name" 3)
  ((before < inputs)) || return 0
  local from=$out/seeds
  mkdir -p "$from"
  dotnet exec "$plain" prepare "$name" "$from" "$out/tokens"
  # What earlier runs reached is the start of the next one, so that only the count must be kept.
  find "$corpus/$name" "$out/run/default/queue" -type f ! -name README.txt -size -64k 2>/dev/null | while read -r file; do
    cp -n "$file" "$from/$(sha256sum "$file" | cut -c1-16)"
  done
  rm -rf "$out/run"
  local words=()
  [[ ! -s $out/tokens ]] || words=(-x "$out/tokens")
  echo "+ $name: $((inputs - before)) inputs from $(find "$from" -type f | wc -l) files"
  afl-fuzz -i "$from" -o "$out/run" -t 2000+ -m none -E $((inputs - before)) "${words[@]}" -- \
    dotnet exec "$root/instrumented/DoorAgent.Fuzz.dll" afl "$name" >"$out/afl.log" 2>&1 || true
  local facts=$out/run/default/fuzzer_stats
  if [[ ! -s $facts ]]; then
    echo "AFL++ ended early on $name:" >&2
    tail -5 "$out/afl.log" >&2
    return 1
  fi
  printf '%s\t%s\t%s\n' "$name" $((before + $(fact "$facts" execs_done))) $((seconds + $(fact "$facts" run_time))) >>"$root/state.tsv"
  mkdir -p "$out/found"
  find "$out"/run/default/{crashes,hangs} -type f ! -name README.txt -exec cp -n -t "$out/found" {} +
}

# findings NAME: replays what AFL++ set aside without instrumentation, shortens and keeps each finding.
findings() {
  local name=$1 out=$root/afl/$1 log=$root/afl/$1/findings.log
  : >"$log"
  find "$out/found" -type f -print0 2>/dev/null | sort -z |
    xargs -0 -r -n 200 dotnet exec "$plain" replay "$name" "$corpus" >>"$log" 2>&1 || true
  # A crash of native code ends the replay, too: then one file at a time says which it was.
  if grep -q 'terminated by signal' "$log"; then
    find "$out/found" -type f | sort | while read -r file; do
      dotnet exec "$plain" replay "$name" "$corpus" "$file" >/dev/null 2>&1 || (($? < 128)) || echo "$file: the process died" >>"$log"
    done
  fi
  grep -oE "finding-[0-9a-f]{8}: .*|.*the process died" "$log" | sort -u || true
}

status=0
for name in "${targets[@]}"; do
  fuzz "$name" || status=1
done
printf '\n%-16s %10s %10s %8s %9s\n' target inputs inputs/s corpus findings
for name in "${targets[@]}"; do
  found=$(findings "$name")
  count=$(grep -c . <<<"$found" || true)
  tried=$(state "$name" 2) seconds=$(state "$name" 3)
  printf '%-16s %10d %10d %8d %9d\n' "$name" "$tried" $((tried / (seconds > 0 ? seconds : 1))) \
    "$(find "$root/afl/$name/run/default/queue" -type f -name 'id*' | wc -l)" "$count"
  if [[ -n $found ]]; then
    while read -r line; do echo "    $line"; done <<<"$found"
    status=1
  fi
done
exit "$status"
