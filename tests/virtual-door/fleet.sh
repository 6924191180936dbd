# shellcheck shell=bash
# Sourced by unit.sh after network.sh, while the door is locked and works: the unit as a door of a fleet, whose office and hub are at the
# other end of its network cable. It ends where it began.

noras_badge=H10301:77:1234
noras_bits=00100110100000100110100100 # facility 77, card 1234
nkey=dooragent-link.fleet-nkey

# office WORD...: has a command carried out at the office (office.sh), and prints what the office says.
office() {
  rm -f /mnt/answer
  echo "$*" >>/mnt/ask
  eventually test -e /mnt/answer || return 1
  cat /mnt/said
  return "$(</mnt/answer)"
}

plug_in() {
  printf '[Match]\nType=ether\n[Network]\nAddress=10.0.2.15/24\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n' \
    >/etc/systemd/network/cable.network
  # The office and the hub have one name for both, which the hub's certificate is for.
  cp /etc/hosts /run/hosts 2>/dev/null
  echo '10.0.2.2 localhost' >/etc/hosts
  systemctl restart systemd-networkd && eventually grep -q '^[^I]*[[:space:]]0002000A' /proc/net/route
}
# The broker of network.sh has gone, for which the command ends with 1: the fleet's line decides.
is_fleet_well() {
  dooragent link status >/run/link.txt
  grep "^fleet: door-1 in lab at nats://localhost:.*, connected" /run/link.txt
}
is_fleet_away() { ! is_fleet_well; }
# In the clear the seed of the NKEY is in the memory of systemd and of the link only.
is_nowhere_in_the_clear() { ! grep -rElI 'SU[A-Z2-7]{56}' /etc /var/lib /var/log /home /root /tmp; }
is_readable_to_the_link_only() {
  local file=/run/credentials/dooragent-link.service/$nkey user
  [[ $(stat -c '%U %a' /etc/credstore.encrypted/$nkey) == "root 600" ]] || return 1
  for user in dooragent dooragent-page nobody; do
    if setpriv --reuid $user --clear-groups cat $file >/dev/null; then
      echo "$user reads $file"
      return 1
    fi
  done
  [[ -s $file ]] && setpriv --reuid dooragent-link --clear-groups test -r $file
}
enters() {
  # shellcheck disable=SC2034 # the badge that unit.sh presents
  local badge_bits=$noras_bits
  show nora/door-1
  comes_in && eventually is_locked && close_door
}
# Without a person the badge decides: no picture is looked at. The log holds a repeated line back for a minute, so the badge is presented
# until the door has said so.
is_unknown() {
  local try
  for try in 1 2 3; do
    present_until_read "$noras_bits" && within 60 said 'Denied|Granted' && break
    echo "try $try: no decision"
  done
  said 'Denied UnknownBadge'
}

door_before=$(main_pid)
must "the unit has a cable to the office" plug_in
check "the office makes its keys and the hub's files" office init
check "the hub starts" office hub
check "the hub gets its buckets" office init
check "a group is made" office group lab
check "nora is enrolled at the office" office people add nora --badge $noras_badge

check "the door asks to join, with keys of its own" dooragent fleet join door-1 --to /mnt/request.txt --force --yes
check "the office accepts it" office accept request.txt --group lab --to answer.txt --force --yes
check "the door takes the answer, and its link starts" dooragent fleet join --answer /mnt/answer.txt --yes
check "the link is connected to the hub" eventually is_fleet_well
check "the hub's key was in systemd's credentials before the link ran" is_readable_to_the_link_only
check "and is nowhere on the disk in the clear" is_nowhere_in_the_clear

check "nora is published" office publish nora --group lab --yes
check "the door confirms it" office reached --group lab --wait
check "status shows the fleet" sh -c 'dooragent status | grep -i "fleet.*lab"'
check "she enters at the unit" enters

from_now
check "she is revoked at the office, and the door confirms it" office revoke nora --wait
# Emulation is too slow for the two seconds of a real door: the time is shown, not judged.
say "from the office's command to the door's signed confirmation: $(sed -n 's/^revoke took //p' /mnt/said)"
check "and is refused" is_unknown

check "the cable is pulled" office cable out
check "the link knows it" eventually is_fleet_away
check "she is still refused" is_unknown
check "meanwhile the office publishes her again" office publish nora --group lab --yes
check "of which the unit knows nothing" is_unknown
check "the door without a cable works as before" [ "$(main_pid)" = "$door_before" ]
check "the cable is back" office cable in
check "the link is connected again, by itself" eventually is_fleet_well
check "and the door has everything" office reached --group lab --wait
check "she enters again" enters
check "the door has still not one network socket" has_no_network_socket "$door_before"

check "the door leaves the fleet" dooragent fleet leave --yes
check "nobody of the fleet stays" sh -c 'dooragent people list | tee /dev/stderr | grep -q adam && ! dooragent people list | grep nora'
check "nor a key" sh -c "! ls /etc/credstore.encrypted/$nkey"
check "she is refused once more" is_unknown
check "the office forgets the door" office revoke --door door-1
systemctl disable --quiet --now dooragent-link
systemctl stop systemd-networkd.socket systemd-networkd
rm -f /etc/hosts
[[ ! -f /run/hosts ]] || cp /run/hosts /etc/hosts
