#!/usr/bin/env bash
# Runs inside the virtual unit as root, /mnt is the job's folder. Every check is one line "door: ok ..." or "door: FAILED ...".
# shellcheck disable=SC2317,SC2329 # what check and within are given to run is called by its name in an argument
set -uo pipefail

badge=H10301:123:4567
badge_bits=10111101100010001110101110 # facility 123, card 4567
d0=17 d1=18 relay=22 contact=23
people=/usr/lib/dooragent/builtin/people
failures=0

say() { echo "door: $*"; }

# check WHAT COMMAND...: passes when the command does.
check() {
  local what=$1
  shift
  if "$@"; then
    say "ok $what"
  else
    say "FAILED $what"
    failures=$((failures + 1))
    journalctl -u dooragent -n 25 --no-pager -o cat | sed 's/^/door:   log: /'
  fi
}

# within SECONDS COMMAND...: tries until it succeeds. Emulation is slow, so the waits are long.
within() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < until)) || return 1
    sleep 0.2
  done
}

# --- the hands and meters outside the unit

level() { echo "$2" >"$lines/sim_gpio$1/pull"; }
is_unlocked() { [[ $(<"$lines/sim_gpio$relay/value") == 1 ]]; }
is_locked() { ! is_unlocked; }
# gpio-sim has one pull for the hand outside and for the bias that the program asks for: a closed contact must rest high.
open_door() { level $contact pull-down; }
close_door() { level $contact pull-up; }

# What the kernel itself wrote down of the relay's line since the last mark: not one pulse is missed.
mark() { echo >"$trace/trace"; }
relay_went_on() { grep -q "gpio_value: $relay_number set 1" "$trace/trace"; }
relay_stayed_off() { ! relay_went_on; }

# Nothing is ever written here: waiting for it is a pause without a process.
exec {never}<> <(:)
pause() { read -rt "$1" -u "$never" || true; }

# One frame: each bit is a short low pulse on its line. Lines rest high. As far apart as a reader's bits: gpio-sim hands edges
# over in a thread, and merges those that come faster.
present() {
  local bits=$1 i line
  for ((i = 0; i < ${#bits}; i++)); do
    line=$d0
    [[ ${bits:i:1} == 1 ]] && line=$d1
    echo pull-down >"$lines/sim_gpio$line/pull"
    pause 0.001
    echo pull-up >"$lines/sim_gpio$line/pull"
    pause 0.001
  done
}

# The emulation may hold a frame up longer than a reader would: then it is a reader fault, and the badge is held up again.
present_until_read() {
  local before
  for _ in 1 2 3 4 5; do
    before=$(journalctl -u dooragent -o cat --no-pager | grep -cE 'Looking for|Denied')
    present "$1"
    within 15 more_decisions_than "$before" && return 0
    sleep 3
  done
  return 1
}
more_decisions_than() { (($(journalctl -u dooragent -o cat --no-pager | grep -cE 'Looking for|Denied') > $1)); }

set_camera_up() {
  v4l2-ctl -d /dev/video0 --set-input 3
  v4l2-ctl -d /dev/video0 --set-dv-bt-timings index=0
  v4l2-ctl -d /dev/video1 --set-output 1
  v4l2-ctl -d /dev/video1 --set-dv-bt-timings index=0
  v4l2-ctl -d /dev/video0 --set-fmt-video width=640,height=480,pixelformat=YUYV
  v4l2-ctl -d /dev/video1 --set-fmt-video-out width=640,height=480,pixelformat=YUYV
  v4l2-ctl -d /dev/video0 -c loop_video=1,osd_text_mode=2
} >/dev/null 2>&1

# show PERSON/VISIT: from now on the camera sees these pictures, ten a second.
show() {
  local film=/run/${1//\//-}.yuyv
  [[ -f $film ]] || ffmpeg -loglevel error -framerate 10 -pattern_type glob -i "$people/$1/*.jpg" \
    -vf scale=640:480,fps=60,format=yuyv422 -f rawvideo "$film"
  [[ -n ${projector:-} ]] && kill "$projector" 2>/dev/null && wait "$projector" 2>/dev/null
  v4l2-ctl -d /dev/video1 --stream-out-mmap --stream-from="$film" --stream-loop >/dev/null 2>&1 &
  projector=$!
}

# --- what the unit says

said() { journalctl -u dooragent -o cat --no-pager --since "$since" | grep -qE "$1"; }
from_now() { since=$(date '+%F %T'); sleep 1; }
main_pid() { systemctl show -p MainPID --value dooragent; }
is_ready() { systemctl is-active --quiet dooragent && dooragent status >/run/status.txt 2>&1 && grep -q 'revision' /run/status.txt; }

# --- the unit

mount -t configfs none /sys/kernel/config 2>/dev/null
chip_config=/sys/kernel/config/gpio-sim/door
mkdir -p $chip_config/bank0
echo 32 >$chip_config/bank0/num_lines
echo door-header >$chip_config/bank0/label
echo 1 >$chip_config/live
lines=/sys/devices/platform/$(<$chip_config/dev_name)/$(<$chip_config/bank0/chip_name)
trace=/sys/kernel/tracing
mountpoint -q $trace || mount -t tracefs none $trace
echo 1 >$trace/events/gpio/gpio_value/enable
# The trace counts lines over all chips.
relay_number=$(($(sed -n 's/^gpiochip[0-9]*: GPIOs \([0-9]*\)-.*gpio-sim.*/\1/p' /sys/kernel/debug/gpio) + relay))
level $d0 pull-up
level $d1 pull-up
close_door

cp -r /mnt/hardware-tests /run/hardware-tests
check "the contract of the lines on the kernel's own chip" \
  bash -c "/run/hardware-tests/DoorAgent.Hardware.Tests -namespace DoorAgent.Hardware.Tests.Gpio.Linux >/run/contract.txt 2>&1 || { tail -20 /run/contract.txt; false; }"
check "the camera's device says what it is, is pinned, and has one user at a time" \
  bash -c "/run/hardware-tests/DoorAgent.Hardware.Tests -class DoorAgent.Hardware.Tests.Cameras.Linux.VividTests >/run/contract.txt 2>&1 || { tail -20 /run/contract.txt; false; }"
rm -rf /run/hardware-tests

check "the package installs" dpkg -i /mnt/dooragent.deb
check "the door's user has just the groups of its devices" [ "$(id -nG dooragent | tr ' ' '\n' | sort | tr '\n' ' ')" = "dialout dooragent gpio input video " ]
set_camera_up
show adam/door-1
mkdir -p /etc/systemd/system/dooragent.service.d
printf '[Service]\nWatchdogSec=120\n' >/etc/systemd/system/dooragent.service.d/emulation.conf
systemctl daemon-reload

from_now
mark
# What emulation needs, and the wiring of this bench; nothing else differs from what is shipped.
check "setup asks nothing, writes the configuration and starts the unit" \
  dooragent setup --yes --kind gpio --chip door-header --contact $contact --contact-open-is-low --exit 24 --camera 0 \
  --set 'Decisions:AttemptTimeout=60 s' --set 'Decisions:MaxGap=10 s' --set 'Decisions:MaxFrameAge=2 s'
check "only the door may read it" [ "$(stat -c '%U %G %a' /etc/dooragent/dooragent.json)" = "root dooragent 640" ]
check "the unit is enabled" systemctl is-enabled --quiet dooragent
check "adam is enrolled" dooragent people add adam --images $people/adam --badge $badge
check "what root enrolled belongs to the door's user" [ "$(stat -c '%U %a' /var/lib/dooragent/gallery.db)" = "dooragent 600" ]

check "it reads the gallery" within 120 is_ready
check "starting did not move the relay" relay_stayed_off
score=$(systemd-analyze security dooragent --no-pager | sed -n 's/.*exposure level for dooragent.service: \([0-9.]*\).*/\1/p')
check "systemd-analyze security rates it $score, below 2.0" awk "BEGIN { exit !($score < 2.0) }"

# Emulation plays the camera's film in jerks: one that stands still for 2 s is a frozen camera, and the door says so. Then the
# badge is held up again.
opens() {
  local try
  for try in 1 2 3 4 5; do
    say "try $try: adam's badge"
    present_until_read "$badge_bits" && within 60 is_unlocked && return 0
  done
  return 1
}
refuses() {
  local try
  for try in 1 2 3 4 5; do
    say "try $try: adam's badge in another hand"
    present_until_read "$badge_bits" && within 75 said 'Denied FaceNotMatched' && return 0
  done
  return 1
}

check "the door opens for the right badge and face" opens
check "and the kernel's own trace of the relay's line shows it" relay_went_on
open_door
check "it locks behind him" within 10 is_locked
check "access taken is on record" within 10 said 'Access taken'
close_door

show stranger-1/door-1
sleep 5
from_now
mark
check "the stolen badge is refused for the face" refuses
check "and the relay did not move" relay_stayed_off

show adam/door-1
from_now
# The command may take longer to end than the door stays unlocked: what counts is the line.
pid=$(main_pid)
dooragent unlock &
check "an operator unlocks" within 60 is_unlocked
kill -KILL "$pid"
check "SIGKILL while unlocked ends locked" within 3 is_locked
check "and the relay's line is driven to locked" within 30 said 'is at its locked level'
check "systemd starts it again" within 180 is_ready

mark
restarts=0
for ((i = 0; i < 50; i++)); do
  # Alternately in the middle of a start and from a door at work: the first ones after half a second, a second, ...
  systemctl restart --no-block dooragent
  sleep "$(awk "BEGIN { print 0.5 + ($i % 5) * 0.5 }")"
  restarts=$((restarts + 1))
done
check "$restarts restarts" [ $restarts = 50 ]
check "and not one transition of the relay" relay_stayed_off
check "it is ready again" within 240 is_ready

from_now
kill "$projector"
echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind
check "a camera that disappears is said" within 60 said 'CAMERA FAULT'
present_until_read "$badge_bits"
check "and nobody is let in meanwhile" within 30 said 'Denied CameraFault'
from_now
echo vivid.0 >/sys/bus/platform/drivers/vivid/bind
within 10 test -e /dev/video1
set_camera_up
show adam/door-1
check "a camera that returns is used again" within 90 said 'Camera works again'

from_now
hung=$(main_pid)
kill -STOP "$hung"
check "a daemon that hangs is ended by the watchdog" within 200 bash -c "[ \$(systemctl show -p MainPID --value dooragent) != $hung ]"
check "and comes back" within 240 is_ready

sums() { sha256sum /etc/dooragent/dooragent.json; dooragent people list; }
before=$(sums)
check "an upgrade installs" dpkg -i /mnt/next.deb
check "the door runs again after it" within 240 is_ready
check "configuration and people are kept" [ "$(sums)" = "$before" ]

check "removing keeps the data" bash -c 'dpkg -r dooragent && test -s /var/lib/dooragent/gallery.db && test -s /etc/dooragent/dooragent.json'
dpkg -i /mnt/dooragent.deb >/dev/null
check "purging leaves nothing" bash -c 'dpkg -P dooragent && ! ls -d /etc/dooragent /var/lib/dooragent /usr/lib/dooragent /var/log/dooragent 2>/dev/null && ! id dooragent 2>/dev/null'
exit "$failures"
