#!/usr/bin/env bash
# Runs inside the virtual unit as root until the power is cut: people are added and removed, and the door is unlocked. Each line
# "PROMISE ..." is said after the command that it is about has ended well.
set -uo pipefail
door=(--data /data/door --config /data/dooragent.json)
people=/usr/lib/dooragent/builtin/people

promise() {
  echo "PROMISE $*"
}

dmesg -n 1
mkdir -p /data
mount /dev/vda /data
echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/emulation
dpkg -i /mnt/dooragent.deb >/run/installed 2>&1 || cat /run/installed
systemctl stop dooragent 2>/dev/null
cat >/data/dooragent.json <<END
{ "Hardware": { "Kind": "simulated", "Contact": "none", "Exit": 24, "Camera": "$people/adam/door-1" },
  "Liveness": { "Mode": "off" }, "Frames": { "SilentAfter": "120 s" }, "Doors": { "AccessTime": "1 s" } }
END
sync
dooragent people add adam --images $people/adam "${door[@]}" && promise people adam
# An input that stays open.
tail -f /dev/null | dooragent run "${door[@]}" >/run/daemon 2>&1 &
# The emulated door needs minutes to start, and people are changed meanwhile.
unlocks=0
unlock() {
  grep -q 'Gallery loaded' /run/daemon && dooragent unlock "${door[@]}" && promise unlocks $((++unlocks))
}
while :; do
  dooragent people add nora --images $people/nora "${door[@]}" && promise people adam,nora
  unlock
  dooragent people remove nora "${door[@]}" && promise people adam
  unlock
done
