#!/usr/bin/env bash
# Runs inside the virtual unit as root, /mnt is the job's folder. Each check is a line of /mnt/checks, "N s  ok ..." or
# "N s  FAILED ..."; the exit code is the number of those that failed.
# shellcheck disable=SC2317,SC2329 # what check and within are given to run is called by its name in an argument
set -uo pipefail
# shellcheck source=tests/virtual-door/hands.sh
. /mnt/hands.sh

badge=H10301:123:4567
badge_bits=10111101100010001110101110 # facility 123, card 4567

# The kernel's messages would mix with ours on the console.
dmesg -n 1
say "the unit is up, $(cut -d. -f1 /proc/uptime) s after its start"
journalctl -f -n all -u dooragent -u dooragent-link -u dooragent-page -o short-monotonic >/mnt/unit.log 2>&1 &
# A disk that is thrown away need not be safe against a power cut.
echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/emulation
set_bench_up() { set_lines_up && set_camera_up; }
must "the bench has its lines and its camera" set_bench_up

cp -r /mnt/hardware-tests /run/hardware-tests
check "the contract of the lines on the kernel's own chip" \
  /run/hardware-tests/DoorAgent.Hardware.Tests -namespace DoorAgent.Hardware.Tests.Gpio.Linux
check "the camera's device says what it is, is pinned, and has one user at a time" \
  /run/hardware-tests/DoorAgent.Hardware.Tests -class DoorAgent.Hardware.Tests.Cameras.Linux.VividTests
rm -rf /run/hardware-tests

must "the package installs" dpkg -i /mnt/dooragent.deb
check "the door's user has just the groups of its devices" [ "$(id -nG dooragent | tr ' ' '\n' | sort | tr '\n' ' ')" = "dialout dooragent gpio i2c input spi video " ]
set_camera_up >/dev/null
show adam/door-1
mkdir -p /etc/systemd/system/dooragent.service.d
printf '[Service]\nWatchdogSec=120\nTimeoutStartSec=300\n' >/etc/systemd/system/dooragent.service.d/emulation.conf
systemctl daemon-reload

from_now
mark
# What emulation needs, and the wiring of this bench; nothing else differs from what is shipped. The film is made of stills, which the
# liveness check may refuse.
must "setup asks nothing, writes the configuration and starts the unit" \
  dooragent setup --yes --kind gpio --chip door-header --contact $contact --contact-open-is-low --exit 24 --camera 0 \
  --set 'Decisions:AttemptTimeout=60 s' --set 'Decisions:MaxGap=10 s' --set 'Decisions:MaxFrameAge=2 s' \
  --set Liveness:Mode=off
check "only the door may read it" [ "$(stat -c '%U %G %a' /etc/dooragent/dooragent.json)" = "root dooragent 640" ]
check "the unit is enabled" systemctl is-enabled --quiet dooragent
must "adam is enrolled" dooragent people add adam --images $people/adam --badge $badge
check "what root enrolled belongs to the door's user" [ "$(stat -c '%U %a' /var/lib/dooragent/gallery.db)" = "dooragent 600" ]

must "it reads the gallery" eventually is_ready
check "starting did not move the relay" relay_stayed_off
score=$(systemd-analyze security dooragent --no-pager | sed -n 's/.*exposure level for dooragent.service: \([0-9.]*\).*/\1/p')
check "systemd-analyze security rates it $score, below 2.0" awk "BEGIN { exit !(\"$score\" != \"\" && $score + 0 < 2.0) }"

anchored() { dooragent anchor show | grep -q '^gallery:  revision [0-9]'; }
check "root's anchor follows the door" eventually anchored
check "only root can write it" [ "$(stat -c '%U %a' /var/lib/dooragent-anchor/anchor)" = "root 644" ]
score=$(systemd-analyze security dooragent-anchor --no-pager | sed -n 's/.*exposure level for dooragent-anchor.service: \([0-9.]*\).*/\1/p')
check "systemd-analyze security rates its unit $score, below 2.0" awk "BEGIN { exit !(\"$score\" != \"\" && $score + 0 < 2.0) }"

# An older gallery in the place of the newest one.
revision=$(dooragent anchor show | sed -n 's/^gallery:  revision \([0-9]*\).*/\1/p')
newest_is_anchored() { dooragent anchor show | grep -q "^gallery:  revision $((revision + 2)),"; }
put_gallery() { cp -a "$1" /var/lib/dooragent/gallery.coming && mv /var/lib/dooragent/gallery.coming /var/lib/dooragent/gallery.db; }
cp -a /var/lib/dooragent/gallery.db /run/older.db
check "the gallery changes twice" sh -c 'dooragent people disable adam && dooragent people enable adam'
check "and the anchor has the newest one" eventually newest_is_anchored
cp -a /var/lib/dooragent/gallery.db /run/newest.db
from_now
put_gallery /run/older.db
check "an older gallery is an alarm" eventually said 'OLDER GALLERY REFUSED'
check "and is not accepted by the door's own user" \
  sh -c '! setpriv --reuid dooragent --regid dooragent --clear-groups dooragent people accept-older --yes'
from_now
put_gallery /run/newest.db
check "the newest one is used again" eventually said 'Gallery loaded'

# When the emulation stands still for 2 s, the door reports a frozen camera, and the badge is presented again. The door is opened at once,
# since it is unlocked for 5 s only.
comes_in() {
  local try
  for try in {1..10}; do
    say "try $try: the badge of whom the camera sees"
    present_until_read "$badge_bits" && eventually is_answered && is_unlocked && open_door && return 0
  done
  return 1
}
is_answered() { is_unlocked || said Denied; }
is_refused() {
  local try
  for try in {1..10}; do
    say "try $try: adam's badge in another hand"
    present_until_read "$badge_bits" && eventually said 'Denied|Granted' && said 'Denied FaceNotMatched' && return 0
    sleep 2 # a film that goes on is seen
  done
  return 1
}

check "the door opens for the right badge and face" comes_in
check "and the kernel's own trace of the relay's line shows it" relay_went_on
check "it locks behind him" eventually is_locked
check "access taken is on record" eventually said 'Access taken'
close_door
check "and that the door is closed" eventually said 'Door closed'

# shellcheck source=tests/virtual-door/network.sh
. /mnt/network.sh
# shellcheck source=tests/virtual-door/fleet.sh
[[ ! -e /mnt/has-office ]] || . /mnt/fleet.sh

show stranger-1/door-1
sleep 3 # older pictures are not looked at
mark
check "the stolen badge is refused for the face" is_refused
check "and the relay did not move" relay_stayed_off

show adam/door-1
from_now
# On a machine that stands still for 5 s the command gets no answer and says so: it is repeated.
dies_unlocked() {
  local pid try
  pid=$(main_pid)
  for try in {1..5}; do
    dooragent unlock >/run/unlock.txt 2>&1 &
    if within 30 is_unlocked; then
      kill -KILL "$pid"
      return
    fi
    echo "try $try: $(cat /run/unlock.txt)"
  done
  return 1
}
# The command may take longer than the door stays unlocked: the line is checked instead.
check "an operator unlocks, and SIGKILL comes" dies_unlocked
check "SIGKILL while unlocked ends locked" within 10 is_locked
check "and the relay's line is driven to locked" eventually said 'is at its locked level'
check "it had no time to let go of the relay itself" did_not_say 'Relay off'
check "systemd starts it again" eventually is_ready

# Each is a process of its own: the next is asked for when the last has begun, else systemd makes one of several. They end at all ages:
# just begun, some in the moment in which they hold their lines, the first and the middle one at work.
hide
mark
restarts=0 wanted=$(</mnt/restarts)
for ((i = 0; i < wanted; i++)); do
  echo "restart $i" >/mnt/step
  begun=$(main_pid)
  systemctl restart --no-block dooragent
  eventually is_another_than "$begun" && restarts=$((restarts + 1))
  if ((i == wanted / 2)); then
    eventually systemctl is-active --quiet dooragent
  elif ((i % 5 == 3 && i % 2 == 1)); then
    eventually holds_its_lines
  else
    sleep "0.$((i % 5 * 2))"
  fi
done
check "$restarts restarts, each of a process that had begun" [ $restarts = "$wanted" ]
check "and not one transition of the relay" relay_stayed_off
show adam/door-1
check "it is ready again" eventually is_ready

from_now
hide
echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind
check "a camera that disappears is said" eventually said 'CAMERA FAULT'
is_refused_for_the_camera() { present_until_read "$badge_bits" && eventually said 'Denied CameraFault'; }
check "and nobody is let in meanwhile" is_refused_for_the_camera
from_now
echo vivid.0 >/sys/bus/platform/drivers/vivid/bind
within 60 test -e /dev/video1
# The door may have opened the camera already; then the camera's format stays as it is.
set_camera_up >/dev/null 2>&1
show adam/door-1
check "a camera that returns is used again" eventually said 'Camera works again'

hung=$(main_pid)
kill -STOP "$hung"
check "a daemon that hangs is ended by the watchdog" eventually is_another_than "$hung"
check "and comes back" eventually is_ready

check "the configuration of a door that needs a badge is not changed by its upgrade" \
  sh -c 'dooragent config upgrade | grep -q "needs no change"'
sums() { sha256sum /etc/dooragent/dooragent.json; dooragent people list; }
before=$(sums)
check "an upgrade installs" dpkg -i /mnt/next.deb
check "the door runs again after it" eventually is_ready
check "configuration and people are kept" [ "$(sums)" = "$before" ]

is_removed() { dpkg -r dooragent && test -s /var/lib/dooragent/gallery.db && test -s /etc/dooragent/dooragent.json; }
is_purged() {
  dpkg -P dooragent && ! ls -d /etc/dooragent /var/lib/dooragent* /usr/lib/dooragent /var/log/dooragent 2>/dev/null &&
    ! getent passwd dooragent dooragent-link dooragent-page && ! getent group dooragent-socket
}
check "removing keeps the data" is_removed
check "purging leaves nothing" is_purged
exit "$failures"
