#!/usr/bin/env bash
# The package on a virtual door unit: Debian 13 with systemd, on a kernel whose GPIO lines and camera are driven from outside.
# Prints each check, then "N passed, N failed" for the unit. Exit code 0 when none failed, 77 where there is no virtual unit.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

# In the middle of each start something else may go wrong: more restarts find more.
restarts=15 fleet=false rest=()
for argument in "$@"; do
  case $argument in
    --long) restarts=50 ;;
    --fleet) fleet=true ;;
    *) rest+=("$argument") ;;
  esac
done
set -- "${rest[@]}"

prepare "Usage: bash tests/virtual-door/run.sh [--long] [--fleet] [--offline]
Builds the Debian package, boots the virtual door unit of ../shared/vm (or \$DOORAGENT_SHARED/vm) and tries the package there.
  --long   50 restarts of the door instead of 15, some 3 minutes more
  --fleet  the unit also joins a fleet, whose office and hub are beside it, some 6 minutes more
The unit's disk image is made once (\$VM_CACHE, default /var/tmp/door-vm); that needs root and the network." "$@"

skip() {
  echo "Skipped: $*" >&2
  exit 77
}

vm=${DOORAGENT_SHARED:-../shared}/vm
cache=${VM_CACHE:-/var/tmp/door-vm}
[[ -f $vm/boot ]] || skip "the virtual door needs $vm, a kernel with simulated GPIO chips and a camera."

# Debian packages that the unit needs on this machine.
missing=()
command -v qemu-system-x86_64 >/dev/null || missing+=(qemu-system-x86)
if [[ ! -f $cache/root.img ]]; then
  PATH=$PATH:/usr/sbin command -v debootstrap >/dev/null || missing+=(debootstrap)
  PATH=$PATH:/usr/sbin command -v mke2fs >/dev/null || missing+=(e2fsprogs)
fi
if [[ ! -f $cache/root.img || ${#missing[@]} -gt 0 ]]; then
  [[ $EUID -eq 0 && $offline == false ]] || skip "the virtual unit's disk ($cache) is made once, as root and with the network."
  command -v apt-get >/dev/null || skip "the virtual unit's disk is made with Debian's tools: ${missing[*]}."
fi
if [[ ${#missing[@]} -gt 0 ]]; then
  install_debian "${missing[@]}" || skip "what the virtual unit needs could not be installed: ${missing[*]}."
fi

# Made beside its place and then moved there: an incomplete disk is never booted.
make_disk() {
  rm -rf --one-file-system "$cache.new"
  run env DEBIAN_FRONTEND=noninteractive VM_CACHE="$cache.new" bash "$vm/boot" build >"$1" 2>&1 || return
  mkdir -p "$cache"
  mv "$cache.new"/* "$cache/"
  rmdir "$cache.new"
}
if [[ ! -f $cache/root.img ]]; then
  echo "Making the virtual unit's disk in $cache, once: Debian 13 from the network, 1.3 GB, some 2 minutes."
  log=artifacts/virtual-disk.log
  mkdir -p artifacts
  # A mirror may fail for a moment.
  if ! make_disk "$log" && ! make_disk "$log"; then
    tail -n 20 "$log" "$cache.new"/*.log >&2 || true
    skip "the virtual unit's disk could not be made, twice: the lines above say where it ended."
  fi
fi

job=artifacts/virtual-door
rm -rf "$job"
mkdir -p "$job"
run bash deploy/package.sh amd64 "$@"
# The newest, where older versions lie beside it.
deb=
for built in artifacts/dooragent_*_amd64.deb; do
  [[ $built -nt $deb ]] && deb=$built
done
cp "$deb" "$job/dooragent.deb"
# The same program under a later version, for the upgrade.
dpkg-deb -R "$deb" "$job/next"
sed -i 's/^Version: .*/&+next/' "$job/next/DEBIAN/control"
dpkg-deb --root-owner-group -Znone --build "$job/next" "$job/next.deb" >/dev/null
rm -rf "$job/next"
run dotnet publish tests/DoorAgent.Hardware.Tests -c Release -r linux-x64 --self-contained -o "$job/hardware-tests" -v quiet "${dotnet_flags[@]}"
cp tests/virtual-door/{hands.sh,network.sh,fleet.sh,broker.pl} "$job/"
echo $restarts >"$job/restarts"
cp tests/virtual-door/unit.sh "$job/run.sh"

# The machine beside the unit, with a fleet's office and hub.
office=
if [[ $fleet == true ]]; then
  [[ $offline == true ]] || bash tests/nats.sh
  for hub in "${DOORAGENT_NATS:-}" /usr/sbin/nats-server artifacts/tools/nats-server; do
    [[ ! -x $hub ]] || break
  done
  [[ -x $hub ]] || skip "the unit joins a fleet only with nats-server, which tests/nats.sh takes from Debian's package."
  bash tests/virtual-door/office.sh "$job" artifacts/package/amd64/usr/lib/dooragent/dooragent "$hub" &
  office=$!
  touch "$job/has-office"
fi
DOORAGENT_QEMU=$(command -v qemu-system-x86_64)
export DOORAGENT_QEMU DOORAGENT_JOB=$job PATH=$PWD/tests/virtual-door/computer:$PATH

# The unit boots from a copy of its image that is thrown away; it powers off when the job ends. What it writes into the job's folder
# is shown meanwhile, and decides: its console is for people.
: >"$job/checks"
sleep infinity &
running=$!
trap 'kill $running ${office:+"$office"}' EXIT
tail -n +1 -f --pid=$running "$job/checks" &
shown=$!
VM_TIMEOUT=${VM_TIMEOUT:-2700} bash "$vm/boot" run "$job" 2>&1 </dev/null | tr -d '\r' >"$job/console.log" || true
kill $running ${office:+"$office"}
trap - EXIT
wait $shown

passed=$(grep -c ' s  ok ' "$job/checks" || true) failed=$(grep -c ' s  FAILED ' "$job/checks" || true)
# A CI may keep only the end of a log: everything that is needed to find a cause is printed there.
if [[ -s $job/failures ]]; then
  head -n 75 "$job/failures"
  grep ' s  FAILED ' "$job/checks"
fi
if [[ $(cat "$job/result" 2>/dev/null) != "$failed" ]]; then
  failed=$((failed + 1))
  echo "--- the last lines of the unit's console ($job/console.log):"
  tail -n 15 "$job/console.log"
  echo "--- the last lines of its log ($job/unit.log):"
  tail -n 20 "$job/unit.log" 2>/dev/null || true
  if [[ -f $job/step ]]; then
    echo "The unit did not finish within ${VM_TIMEOUT:-2700} s. Its last step: $(cat "$job/step")"
  else
    echo "The unit did not boot within ${VM_TIMEOUT:-2700} s."
  fi
fi
echo "virtual door: $passed passed, $failed failed"
[[ $failed -eq 0 && $passed -gt 0 ]]
