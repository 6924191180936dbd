# shellcheck shell=bash
# Sourced by unit.sh: how a check is written down, and the hands and meters outside the unit.
#
# Emulation is slow and irregular, and a board is not. So nothing here depends on a fixed time: each wait is for an event, and its
# seconds are a limit only. The reader and the camera, which would be separate machines, run with priority.

d0=17 d1=18 relay=22 contact=23
people=/usr/lib/dooragent/builtin/people
patience=300
failures=0

# --- what run.sh shows, and finds also when the unit is ended in the middle: checks, step, failures and unit.log in the job's folder

say() {
  printf '%4d s  %s\n' $SECONDS "$*"
  printf '%4d s  %s\n' $SECONDS "$*" >>/mnt/checks
}

# check WHAT COMMAND...: passes when the command does.
check() {
  local what=$1 began=$SECONDS status=0
  shift
  echo "$what, since $began s" >/mnt/step
  "$@" >/run/said 2>&1 || status=$?
  cat /run/said
  if [[ $status -eq 0 ]]; then
    say "ok $what"
    return 0
  fi
  say "FAILED $what"
  failures=$((failures + 1))
  {
    echo "--- FAILED $what, after $((SECONDS - began)) s: $*"
    tail -n 12 /run/said
    echo "--- the unit's log then:"
    journalctl -u dooragent -u dooragent-link -u dooragent-page -n 20 --no-pager -o short-monotonic
  } >>/mnt/failures
  return 1
}

# must WHAT COMMAND...: a check on which all the others depend.
must() {
  check "$@" && return 0
  say "the others are not tried"
  exit "$failures"
}

# within SECONDS COMMAND...: repeats the command until it succeeds, and once more when the time is over.
within() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS >= until)); then
      "$@"
      return
    fi
    sleep 0.2
  done
}
eventually() { within $patience "$@"; }

# --- the lines

level() { echo "$2" >"$lines/sim_gpio$1/pull"; }
is_unlocked() { [[ $(<"$lines/sim_gpio$relay/value") == 1 ]]; }
is_locked() { ! is_unlocked; }
# gpio-sim has one pull for the hand outside and for the bias that the program asks for: a closed contact must rest high.
open_door() { level $contact pull-down; }
close_door() { level $contact pull-up; }

# What the kernel itself wrote down of the relay's line since the last mark: not one pulse is missed.
mark() { echo >"$trace/trace"; }
relay_went_on() { grep -q 'gpio_value: .* set 1' "$trace/trace"; }
relay_stayed_off() { ! relay_went_on; }

set_lines_up() {
  local chip_config=/sys/kernel/config/gpio-sim/door number
  mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
  mkdir -p $chip_config/bank0
  echo 32 >$chip_config/bank0/num_lines
  echo door-header >$chip_config/bank0/label
  echo 1 >$chip_config/live
  lines=/sys/devices/platform/$(<$chip_config/dev_name)/$(<$chip_config/bank0/chip_name)
  trace=/sys/kernel/tracing
  mountpoint -q $trace || mount -t tracefs none $trace
  # The trace counts lines over all chips.
  number=$(($(sed -n 's/^gpiochip[0-9]*: GPIOs \([0-9]*\)-.*gpio-sim.*/\1/p' /sys/kernel/debug/gpio) + relay))
  echo "gpio == $number && get == 0" >$trace/events/gpio/gpio_value/filter
  echo 1 >$trace/events/gpio/gpio_value/enable
  level $d0 pull-up
  level $d1 pull-up
  close_door
}

# present BITS: one frame; each bit is a short low pulse on its line, lines rest high. On one processor with the threads in which
# the kernel hands its edges over, which go first: so no edge comes before the last one is taken, and none is merged with it. It is
# over in some 20 ms, since 30 ms without a bit end a badge and the emulation may stand still for longer.
present() {
  local thread
  favour_camera
  for thread in $(pgrep 'irq/.*badge reader'); do
    taskset -cp 0 "$thread" >/dev/null
  done
  # shellcheck disable=SC2016 # the variables are Perl's
  taskset -c 0 chrt -f 40 perl -e '
    my $bits = pop;
    my @lines = map { open(my $line, ">", $_) or die "$_: $!"; $line } @ARGV;
    for my $bit (split //, $bits) {
      for my $level ("pull-down", "pull-up") {
        sysseek($lines[$bit], 0, 0);
        syswrite($lines[$bit], $level) or die "pull: $!";
        select(undef, undef, undef, 0.0003);
      }
    }' "$lines/sim_gpio$d0/pull" "$lines/sim_gpio$d1/pull" "$1"
}

# When the emulation delays a frame all the same, the door records a reader fault, and the badge is presented again.
present_until_read() {
  local _
  for _ in 1 2 3 4 5; do
    from_now
    present "$1"
    within 15 said 'Looking for|Denied' && return 0
  done
  echo "the badge was held up five times, and not read"
  return 1
}

# --- the camera

# As slow as the test camera goes: more pictures a second only cost the door its processors.
set_camera_up() {
  local size=width=640,height=480 timings=cvt,width=640,height=480,fps=36
  v4l2-ctl -d /dev/video0 --set-input 3 &&
    v4l2-ctl -d /dev/video0 --set-dv-bt-timings $timings &&
    v4l2-ctl -d /dev/video1 --set-output 1 &&
    v4l2-ctl -d /dev/video1 --set-dv-bt-timings $timings &&
    v4l2-ctl -d /dev/video0 --set-fmt-video $size,pixelformat=YUYV &&
    v4l2-ctl -d /dev/video1 --set-fmt-video-out $size,pixelformat=YUYV &&
    v4l2-ctl -d /dev/video0 -c loop_video=1,osd_text_mode=2
}

# A film that stands still for 2 s is a frozen camera. The kernel's two threads, of film and camera, wait in a loop for each other and for
# the program that reads the camera. They are favoured alike, and only a little: at -20 they took half of both processors from the program
# that they waited for. They are new whenever somebody opens the camera.
favour_camera() { pgrep 'vivid-.*-vid-' | xargs -r renice -n -5 -p >/dev/null; }

# show PERSON/VISIT: from now on the camera sees these pictures, ten a second.
show() {
  local film=/run/${1//\//-}.yuyv
  [[ -f $film ]] || ffmpeg -loglevel error -framerate 10 -pattern_type glob -i "$people/$1/*.jpg" \
    -vf scale=640:480,fps=36,format=yuyv422 -f rawvideo "$film"
  hide
  chrt -f 30 v4l2-ctl -d /dev/video1 --stream-out-mmap --stream-from="$film" --stream-loop >/run/projector.txt 2>&1 &
  projector=$!
  within 60 film_runs || say "the film does not run: $(tail -n 1 /run/projector.txt)"
  favour_camera
}
film_runs() { pgrep 'vivid-.*-vid-o' >/dev/null; }
hide() {
  [[ -n ${projector:-} ]] || return 0
  kill "$projector" 2>/dev/null
  wait "$projector" 2>/dev/null
  projector=
}

# --- what the unit says

from_now() {
  journalctl --sync
  since=$(journalctl -n 1 -o cat --no-pager --show-cursor | sed -n 's/^-- cursor: //p')
}
said() { [[ $(journalctl -u dooragent -o cat --no-pager --after-cursor "$since") =~ $1 ]]; }
did_not_say() { ! said "$1"; }
main_pid() { systemctl show -p MainPID --value dooragent; }
is_another_than() {
  local now
  now=$(main_pid)
  [[ $now != 0 && $now != "$1" ]]
}
holds_its_lines() { grep -q 'dooragent lock' /sys/kernel/debug/gpio; }
is_ready() { systemctl is-active --quiet dooragent && [[ $(dooragent status 2>&1) =~ revision ]]; }
