#!/usr/bin/env bash
# Takes the MQTT broker mosquitto out of Debian's packages into artifacts/tools, with the libraries that this machine lacks, for the tests
# of MQTT. Nothing is installed, so that no broker starts on this machine. Without network the tests are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=artifacts/tools/mosquitto
if [[ -x /usr/sbin/mosquitto || -x $tools/usr/sbin/mosquitto ]]; then exit 0; fi
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
needed() {
  apt-get -s install --no-install-recommends mosquitto 2>/dev/null | awk '$1 == "Inst" { print $2 }'
}

mapfile -t names < <(needed)
# A new machine has no list of packages yet.
if [[ ${#names[@]} -eq 0 && $EUID -eq 0 ]] && apt-get -qq update 2>/dev/null; then mapfile -t names < <(needed); fi
if [[ ${#names[@]} -gt 0 ]] && (cd "$unpacked" && apt-get -qq -o APT::Sandbox::User=root download "${names[@]}") 2>/dev/null; then
  mkdir -p "$unpacked/all" "$(dirname "$tools")"
  for package in "$unpacked"/*.deb; do dpkg-deb --extract "$package" "$unpacked/all"; done
  rm -rf "$tools"
  mv "$unpacked/all" "$tools"
else
  echo "mosquitto cannot be downloaded here: its tests are skipped."
fi
