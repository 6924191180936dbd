#!/usr/bin/env bash
# The arm64 package and tests on an emulated arm64 user space: what a Pi runs, as far as it goes without a Pi.
# Prints each check, then "N passed, N failed". Exit code 0 when none failed, 77 where it cannot run.
set -euo pipefail
from=$PWD
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

native='' rest=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --opencv-native)
      native=${2:?--opencv-native wants a file}
      [[ $native == /* ]] || native=$from/$native
      shift
      ;;
    *) rest+=("$1") ;;
  esac
  shift
done
prepare "Usage: bash tests/arm64/run.sh [--opencv-native FILE] [--offline]
Makes the arm64 package and runs its program, and the tests built for arm64, under QEMU on Debian 13's arm64 libraries.
  --opencv-native FILE  libOpenCvSharpExtern.so for arm64. Without it pictures cannot be decoded there: a library that lacks
                        everything takes its place in a package that is thrown away, and the tests that want it are counted apart.
The libraries are unpacked once (\$ARM64_CACHE, default /var/tmp/door-arm64); that needs root and the network." "${rest[@]}"

if [[ $(uname -m) != x86_64 ]]; then
  echo "Skipped: this machine is $(uname -m); run tests/run.sh on a board." >&2
  exit 77
fi
sysroot=${ARM64_CACHE:-/var/tmp/door-arm64}/root
if [[ ! -d $sysroot ]] || ! command -v qemu-aarch64 >/dev/null; then
  if [[ $EUID -ne 0 || $offline == true ]] || ! command -v apt-get >/dev/null; then
    echo "Skipped: emulating arm64 needs Debian's qemu-user and mmdebstrap, and libraries for arm64: run this once as root, with the network." >&2
    exit 77
  fi
  install_debian qemu-user mmdebstrap
fi
if [[ ! -d $sysroot ]]; then
  # Unpacked only: no script of a package is run, so that nothing need be emulated for it.
  rm -rf "$sysroot.new"
  mkdir -p "$(dirname "$sysroot")"
  run mmdebstrap --quiet --variant=extract --architectures=arm64 \
    --include=base-files,libc6,libstdc++6,libicu76,libssl3t64,zlib1g,tzdata,ca-certificates trixie "$sysroot.new"
  # QEMU shows this machine's own; ONNX Runtime reads there which processor it is on, and fails without.
  for core in 0 1 2 3; do
    printf 'processor\t: %d\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\n' "$core"
    printf 'CPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\n'
  done >"$sysroot.new/proc/cpuinfo"
  mv "$sysroot.new" "$sysroot"
fi

# A Pi 4's processor; a hanging process is ended after two hours. The emulation fails with .NET's pages that are writable at one address
# and executable at another.
arm64() {
  DOTNET_EnableWriteXorExecute=0 timeout 2h qemu-aarch64 -cpu cortex-a72 -L "$sysroot" "$@"
}

job=artifacts/arm64
rm -rf "$job"
mkdir -p "$job"
passed=0 failed=0
# check WHAT COMMAND...: its output is kept, and shown when it fails.
check() {
  local what=$1
  shift
  if "$@" >"$job/last.log" 2>&1; then
    passed=$((passed + 1))
    echo "ok $what"
  else
    failed=$((failed + 1))
    echo "FAILED $what"
    sed 's/^/  /' "$job/last.log" | tail -40
  fi
}
# fails_with CODE WORDS COMMAND...: it ends with just this code and says so.
fails_with() {
  local code=$1 words=$2 found=0
  shift 2
  "$@" >"$job/said.log" 2>&1 || found=$?
  cat "$job/said.log"
  [[ $found == "$code" ]] && grep -q "$words" "$job/said.log"
}

# --- the package

library=$native version=()
if [[ -z $native ]]; then
  # A library of arm64 with the one name that the script looks for. The package's name shows that it is not a release.
  library=$job/libOpenCvSharpExtern.so version=(--version '0~stand-in')
  { cat "$sysroot"/usr/lib/aarch64-linux-gnu/libz.so.1 && echo redirectError; } >"$library"
fi
other=$(find /lib/x86_64-linux-gnu/ -name 'libz.so.1' | head -1)
check "a library of another architecture is refused" \
  fails_with 2 'is not a shared library of arm64' bash deploy/package.sh arm64 --opencv-native "$other" "${rest[@]}"
check "the package is made, every file in it of arm64" \
  bash deploy/package.sh arm64 --opencv-native "$library" "${version[@]}" "${rest[@]}"
tail -1 "$job/last.log"
deb=$(find artifacts -maxdepth 1 -name 'dooragent_*_arm64.deb' -newer "$job/said.log" | head -1)
check "the package says so too" test "$(dpkg-deb -f "$deb" Architecture)" == arm64
dpkg-deb -x "$deb" "$job/installed"
[[ -n $native ]] || rm "$deb"

# --- its program

program=$job/installed/usr/bin/dooragent
models=()
[[ -d ${DOORAGENT_SHARED:-../shared}/models ]] && models=(--models "${DOORAGENT_SHARED:-../shared}/models")
says_version() { [[ $(arm64 "$program" --version) == "$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)"* ]]; }
check "the program says its version" says_version
check "the networks prove themselves: known answers, faces that stay apart" \
  arm64 "$program" models verify "${models[@]}" --data "$job/data"
grep ': good' "$job/last.log" | sed 's/^/  /'
if [[ -z $native ]]; then
  check "a library that does not fit is named as such" fails_with 2 'another version than the program' \
    arm64 "$program" people add adam --images src/DoorAgent/BuiltIn/people/adam --data "$job/data"
else
  check "pictures are decoded: somebody is enrolled" \
    arm64 "$program" people add adam --images src/DoorAgent/BuiltIn/people/adam --data "$job/data"
  check "and known again" arm64 "$program" verify adam src/DoorAgent/BuiltIn/people/adam/door-1/03.jpg --data "$job/data"
fi

# --- the tests

# Counts the tests of a report by outcome: passed, failed, skipped, and failed for want of OpenCV's library.
count() {
  awk -v native="$native" 'BEGIN { RS = "<UnitTestResult " }
    NR == 1 { next }
    /^[^\n]*outcome="Passed"/ { passed++ }
    /^[^\n]*outcome="NotExecuted"/ { skipped++ }
    /^[^\n]*outcome="Failed"/ {
      if (native == "" && /OpenCvSharpExtern|OpenCvSharp\.Internal\.NativeMethods/) without++; else failed++
    }
    END { print passed + 0, failed + 0, skipped + 0, without + 0 }' "$1"
}
# tests PROJECT [OPTION]...: builds it for arm64 and runs it there.
tests() {
  local project=$1 found trx=$job/$1.trx
  shift
  run dotnet publish "tests/$project" -c Release -r linux-arm64 --self-contained -o "$job/$project" -v quiet \
    -p:OpenCvNative=file "${dotnet_flags[@]}"
  [[ -z $native ]] || cp "$native" "$job/$project/libOpenCvSharpExtern.so"
  arm64 "$job/$project/$project" -noColor -printMaxStringLength 0 -trx "$trx" "$@" >"$job/$project.log" 2>&1 || true
  if [[ ! -s $trx ]]; then
    failed=$((failed + 1))
    echo "FAILED $project did not run to its end: $job/$project.log"
    tail -20 "$job/$project.log"
    return
  fi
  read -ra found < <(count "$trx")
  echo "$project on arm64: ${found[0]} passed, ${found[1]} failed, ${found[2]} skipped, ${found[3]} want OpenCV's library"
  passed=$((passed + found[0])) failed=$((failed + found[1]))
  [[ ${found[1]} -eq 0 ]] || echo "  see $job/$project.log"
}
# QEMU's user mode has no pseudo-terminals of its own, and shows in /proc its own files instead of the program's.
tests DoorAgent.Hardware.Tests -class- DoorAgent.Hardware.Tests.Badges.SerialSourceTests \
  -class- DoorAgent.Hardware.Tests.Cameras.Linux.DeviceHolderTests
check "the GPIO driver's structures are the kernel's" \
  test "$(grep -c 'GpioAbiTests.*outcome="Passed"' "$job/DoorAgent.Hardware.Tests.trx")" -ge 3
# Without tests of texts and scripts, which are the same on every machine, and without tests that read numbers from text for minutes.
tests DoorAgent.Tests -class- DoorAgent.Tests.ArchitectureTests -class- DoorAgent.Tests.ReadmeTests \
  -class- DoorAgent.Tests.Models.OpenFaceImportTests

echo "arm64: $passed passed, $failed failed"
[[ $failed -eq 0 && $passed -gt 0 ]]
