# shellcheck shell=bash
# Sourced by unit.sh, while the door is locked and works: the link and the page with their own units. Each ends where it began.

events=/run/mqtt.txt

published() { grep -q "$1" $events; }
times_published() { grep -c "$1" $events; }
link_pid() { systemctl show -p MainPID --value dooragent-link; }
page_pid() { systemctl show -p MainPID --value dooragent-page; }
is_new_link() { [[ $(link_pid) != 0 && $(link_pid) != "$1" ]]; }

# The command gets no answer from a machine that stands still for 5 s: it is repeated.
insists() {
  local try
  for try in 1 2 3 4 5; do
    "$@" && return 0
    echo "try $try"
  done
  return 1
}
unlocks() { insists dooragent unlock; }
opens_the_page() { insists dooragent page --role technician >/run/code.txt; }

# The sockets of a process that leave the machine, as the kernel lists them.
network_sockets() {
  local inodes
  inodes=$(find "/proc/$1/fd" -lname 'socket:*' -printf '%l\n' | tr -dc '0-9\n' | paste -sd'|')
  cat "/proc/$1/net/"{tcp,tcp6,udp,udp6,raw,raw6,packet,netlink} 2>/dev/null | grep -wE "${inodes:-none}"
}
has_no_network_socket() { ! network_sockets "$1"; }
has_network_socket() { network_sockets "$1"; }

# The setting is the unit's, the process has the filter, and where the setting applies a socket of the network cannot be made.
only_unix_sockets() {
  [[ $(systemctl show -p RestrictAddressFamilies --value dooragent) == AF_UNIX ]] && grep '^Seccomp:.*2' "/proc/$1/status" || return 1
  # shellcheck disable=SC2016 # the variables are Perl's
  systemd-run --quiet --wait --pipe -p RestrictAddressFamilies=AF_UNIX perl -MSocket -e '
    socket(my $unix, AF_UNIX, SOCK_STREAM, 0) or die "no unix socket: $!\n";
    socket(my $network, AF_INET, SOCK_STREAM, 0) and die "a socket of the network was made\n"'
}

# What is inaccessible is there, and empty, even for root.
sees_nothing() { [[ -z $(ls -A "/proc/$1/root/var/lib/dooragent") && -z $(<"/proc/$1/root/etc/dooragent/dooragent.json") ]]; }

# asked_by USER LINE: what the shared socket answers to a user.
asked_by() {
  # shellcheck disable=SC2016 # the variables are Perl's
  setpriv --reuid "$1" --regid "$1" --init-groups perl -MIO::Socket::UNIX -e '
    my $door = IO::Socket::UNIX->new("/run/dooragent/operator.sock") or die "$!\n";
    print {$door} $ARGV[0], "\n";
    print scalar <$door>' "$2"
}
is_refused_to() { local said; said=$(asked_by "$1" "$2") && echo "$said" && [[ $said == *refusal* ]]; }
is_answered_to() { local said; said=$(asked_by "$1" "$2") && echo "${said:0:300}" && [[ $said != *refusal* ]]; }

rated_below_two() {
  local score
  score=$(systemd-analyze security "$1" --no-pager | sed -n "s/.*exposure level for $1.service: \([0-9.]*\).*/\1/p")
  echo "$1: $score"
  awk "BEGIN { exit !(\"$score\" != \"\" && $score + 0 < 2.0) }"
}

# request METHOD PATH [BODY]: an answer of the page over TLS, with the session's cookie where there is one.
request() {
  local body=${3:-} cookie=
  [[ -s /run/cookie ]] && cookie="Cookie: $(</run/cookie)"$'\r\n'
  printf '%s %s HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n%sContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
    "$1" "$2" "$cookie" ${#body} "$body" |
    timeout 240 openssl s_client -quiet -ign_eof -connect 127.0.0.1:8443 2>/dev/null | tr -d '\r'
}
answers() { # CODE METHOD PATH [BODY]
  request "${@:2}" >/run/answer.txt
  head -c 1500 /run/answer.txt
  grep -q "^HTTP/1.1 $1" /run/answer.txt
}
pairs() {
  answers 200 POST /api/pair "{\"code\":\"$1\"}" || return 1
  sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' /run/answer.txt >/run/cookie
  test -s /run/cookie
}
shows_the_door() { answers 200 GET /api/status && grep -q '"door":' /run/answer.txt; }
page_unlocks() {
  local try
  for try in 1 2 3 4 5; do
    answers 200 POST /api/unlock '{}' && relay_went_on && return 0
    echo "try $try"
  done
  return 1
}
is_closed() { ! (: </dev/tcp/127.0.0.1/8443) 2>/dev/null; }

door_before=$(main_pid)
check "neither link nor page runs before somebody asks for them" \
  sh -c '! systemctl is-active --quiet dooragent-link dooragent-page.socket && ! systemctl is-enabled --quiet dooragent-link'
check "the door has not one network socket" has_no_network_socket "$door_before"
check "and may have none: the kernel refuses all but unix sockets" only_unix_sockets "$door_before"

perl /mnt/broker.pl 1883 $events &
broker=$!
printf '{ "Link": { "Door": "d17" }, "Mqtt": { "Broker": "mqtt://127.0.0.1:1883" } }\n' >/etc/dooragent/link.json
chgrp dooragent-link /etc/dooragent/link.json
chmod 640 /etc/dooragent/link.json
mkdir -p /etc/systemd/system/dooragent-link.service.d
printf '[Service]\nWatchdogSec=240\nTimeoutStartSec=240\n' >/etc/systemd/system/dooragent-link.service.d/emulation.conf
systemctl daemon-reload
check "the link starts" systemctl enable --now dooragent-link
check "and the broker has the door" eventually published '^dooragent/d17/availability online'
check "an operator unlocks" unlocks
check "and the broker has the event" eventually published '^dooragent/d17/event .*operator_unlock'
check "the link has what the door must not have, a network socket" has_network_socket "$(link_pid)"
check "it sees nothing of the door's data and settings" sees_nothing "$(link_pid)"
check "its user may read events" is_answered_to dooragent-link '{"verb":"events"}'
check "and may not unlock" is_refused_to dooragent-link '{"verb":"unlock"}'
check "nor may the page's user before a pairing" is_refused_to dooragent-page '{"verb":"unlock"}'
check "nobody else reaches the socket" sh -c '! setpriv --reuid nobody --regid nogroup --clear-groups perl -MIO::Socket::UNIX -e "IO::Socket::UNIX->new(q(/run/dooragent/operator.sock)) or exit 1"'
check "systemd-analyze security rates the link below 2.0" rated_below_two dooragent-link
check "and the page" rated_below_two dooragent-page

killed=$(link_pid)
published_before=$(times_published operator_unlock)
kill -KILL "$killed"
check "the link's end by SIGKILL is known by its last will" eventually published '^dooragent/d17/availability offline'
check "the door unlocks meanwhile" unlocks
check "systemd starts the link again" eventually is_new_link "$killed"
has_more() { (($(times_published operator_unlock) > published_before)); }
check "and what happened meanwhile is not lost" eventually has_more
check "link status says that all is well" eventually dooragent link status

check "the page is opened with a code" opens_the_page
code=$(sed -n 's/^Code: *\([0-9]*\) \([0-9]*\) .*/\1\2/p' /run/code.txt)
: >/run/cookie
check "the page answers through its socket" eventually answers 200 GET /
check "and shows the door to nobody without a session" answers 401 GET /api/status
check "the code pairs" pairs "$code"
check "the session shows the door" shows_the_door
check "the page has no network of its own" sh -c "! grep -qE '^ *(eth|en)' /proc/$(page_pid)/net/dev && grep -q '^Seccomp:.*2' /proc/$(page_pid)/status"
mark
from_now
check "and unlocks it" page_unlocks
check "on record with the role" eventually said 'page, technician'
killed=$(page_pid)
kill -KILL "$killed"
check "after SIGKILL the page is there again with the next request, and the session too" eventually shows_the_door
check "as another process" [ "$(page_pid)" != "$killed" ]
check "'page off' closes it" sh -c 'dooragent page off'
check "for good" eventually is_closed
check "the door has worked on through all of that" [ "$(main_pid)" = "$door_before" ]
check "and still has not one network socket" has_no_network_socket "$door_before"

systemctl disable --quiet --now dooragent-link
kill $broker
check "it is locked again" eventually is_locked
