#!/usr/bin/env bash
# The package on a virtual door unit: Debian 13 with systemd, on a kernel whose GPIO lines and camera are driven from outside.
# Prints each check, then "N passed, N failed" for the unit. Exit code 0 when none failed, 77 where there is no virtual unit.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash tests/virtual-door/run.sh [--offline]
Builds the Debian package, boots the virtual door unit of ../shared/vm (or \$DOORAGENT_SHARED/vm) and tries the package there.
The unit's disk image is made once (\$VM_CACHE, default /var/tmp/door-vm); that needs root and the network." "$@"

vm=${DOORAGENT_SHARED:-../shared}/vm
if [[ ! -x $vm/boot && ! -f $vm/boot ]]; then
  echo "Skipped: the virtual door needs $vm, a kernel with simulated GPIO chips and a camera." >&2
  exit 77
fi
if [[ $EUID -ne 0 && ! -f ${VM_CACHE:-/var/tmp/door-vm}/root.img ]]; then
  echo "Skipped: making the virtual unit's disk needs root; it is made once." >&2
  exit 77
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
cp tests/virtual-door/unit.sh "$job/run.sh"

# The unit boots from a copy of its image that is thrown away; it powers off when the job ends. The lines decide, not its exit code.
VM_TIMEOUT=${VM_TIMEOUT:-1500} bash "$vm/boot" run "$job" | stdbuf -oL tr -d '\r' | tee "$job/console.log" | sed -un 's/^door: //p' || true
passed=$(grep -c '^door: ok ' "$job/console.log" || true) failed=$(grep -c '^door: FAILED' "$job/console.log" || true)
if [[ ! -f $job/result ]]; then
  echo "The unit did not come to its end: $job/console.log shows how far it was." >&2
  failed=$((failed + 1))
fi
echo "virtual door: $passed passed, $failed failed"
[[ $failed -eq 0 && $passed -gt 0 ]]
