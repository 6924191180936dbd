#!/usr/bin/env bash
# Puts promtool, which checks metrics and alert rules, into artifacts/tools: from Debian's package prometheus, of which nothing is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v promtool >/dev/null && exit 0
to=$PWD/artifacts/tools
[[ -x $to/promtool ]] && exit 0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# apt-get downloads as a user of its own.
chmod 0755 "$folder"
cd "$folder"
if ! apt-get -qq download prometheus 2>/dev/null && ! { apt-get -qq update && apt-get -qq download prometheus; } 2>/dev/null; then
  echo "Debian's package prometheus cannot be downloaded here: the tests that need promtool are skipped."
  exit 0
fi
mkdir -p "$to"
dpkg-deb --fsys-tarfile prometheus_*.deb | tar -xO ./usr/bin/promtool >"$to/promtool.part"
chmod 0755 "$to/promtool.part"
mv "$to/promtool.part" "$to/promtool"
