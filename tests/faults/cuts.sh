#!/usr/bin/env bash
# Cuts the power of the virtual door: one run under traffic whose disk records every write and every flush, then many cuts of that run.
# Each loses a random part of what was written since the last flush, sector by sector. ext4 repairs itself, and everything is checked.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash tests/faults/cuts.sh [--offline]
Needs the virtual unit's disk, which tests/virtual-door/run.sh makes. Environment: CUTS (default 50), SEED (default 1), SECONDS_OF_TRAFFIC
(default 900), DEB (a package that is there already). A recorded run in artifacts/faults/machine is used again: remove it for another." "$@"

skip() {
  echo "Skipped: $*" >&2
  exit 77
}

vm=${DOORAGENT_SHARED:-../shared}/vm
image=${VM_CACHE:-/var/tmp/door-vm}/root.img
job=artifacts/faults/machine
PATH=$PATH:/usr/sbin
[[ -f $vm/boot && -f $image ]] || skip "there is no virtual unit here: bash tests/virtual-door/run.sh makes its disk."
for tool in qemu-system-x86_64 mke2fs e2fsck debugfs; do
  command -v $tool >/dev/null || skip "$tool is not installed."
done

# What the disk has recorded when a line arrives: at that moment the line's promise is on the disk.
note_promises() {
  local line
  while IFS= read -r line; do
    echo "$line"
    [[ $line == *"PROMISE "* ]] || continue
    printf '%s %s\n' "$(stat -c %s "$job/disk.log")" "${line#*PROMISE }" >>"$job/promises"
    [[ -s $job/began ]] || date +%s >"$job/began"
  done
}

record() {
  rm -rf "$job"
  mkdir -p "$job/share"
  if [[ -z ${DEB:-} ]]; then
    run bash deploy/package.sh amd64 "$@"
    for built in artifacts/dooragent_*_amd64.deb; do
      [[ $built -nt ${DEB:-} ]] && DEB=$built
    done
  fi
  cp "$DEB" "$job/share/dooragent.deb"
  cp tests/faults/traffic.sh "$job/share/run.sh"
  mke2fs -q -t ext4 -b 4096 "$job/start.img" 256M
  cp --sparse=always "$job/start.img" "$job/disk.img"
  touch "$job/disk.log"
  qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 2048 -cpu max -kernel "$vm"/bzImage-* \
    -append 'console=ttyS0 root=/dev/vdb rw quiet systemd.show_status=0 no_timer_check' \
    -drive file="$image",format=raw,if=virtio,snapshot=on \
    -blockdev driver=file,node-name=disk,filename="$job/disk.img" -blockdev driver=file,node-name=log,filename="$job/disk.log" \
    -blockdev driver=blklogwrites,node-name=logged,file=disk,log=log -device virtio-blk-pci,drive=logged,write-cache=on \
    -virtfs local,path="$job/share",mount_tag=share,security_model=none \
    -nographic -no-reboot </dev/null > >(stdbuf -o0 tr -d "\r" | note_promises >"$job/console.log") 2>&1 &
  local machine=$! waited=0
  # The machine is cut while it works, and never asked to stop.
  until [[ -s $job/began ]] && (($(date +%s) - $(<"$job/began") >= ${SECONDS_OF_TRAFFIC:-900})); do
    # Waits for the machine's end, at most for a second.
    if timeout 1 tail --pid=$machine -f /dev/null || ((waited++ > 1800)); then break; fi
  done
  kill -KILL $machine 2>/dev/null || true
  wait $machine 2>/dev/null || true
  [[ -s $job/promises ]] || {
    tail -20 "$job/console.log"
    echo "The unit made no promise." >&2
    exit 1
  }
}

[[ -s $job/promises ]] || record "$@"
build tests/DoorAgent.Faults
dotnet exec artifacts/bin/DoorAgent.Faults/release/DoorAgent.Faults.dll --machine "$job" --points "${CUTS:-50}" --seed "${SEED:-1}"
