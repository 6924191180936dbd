#!/usr/bin/env bash
# Puts nats-server, the hub of a fleet, into artifacts/tools: from Debian's package, of which nothing is installed, so that no server
# starts on this machine. DOORAGENT_NATS names another one for the tests, such as a newer version.
set -euo pipefail
cd "$(dirname "$0")/.."

to=$PWD/artifacts/tools
if [[ -n ${DOORAGENT_NATS:-} || -x /usr/sbin/nats-server || -x $to/nats-server ]]; then exit 0; fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# apt-get downloads as a user of its own.
chmod 0755 "$folder"
cd "$folder"
if ! apt-get -qq download nats-server 2>/dev/null && ! { apt-get -qq update && apt-get -qq download nats-server; } 2>/dev/null; then
  echo "Debian's package nats-server cannot be downloaded here: the tests of a fleet's hub are skipped."
  exit 0
fi
mkdir -p "$to"
dpkg-deb --fsys-tarfile nats-server_*.deb | tar -xO ./usr/sbin/nats-server >"$to/nats-server.part"
chmod 0755 "$to/nats-server.part"
mv "$to/nats-server.part" "$to/nats-server"
