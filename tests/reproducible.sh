#!/usr/bin/env bash
# Builds the package twice from the last commit, in different directories, time zones, umasks and at different times, and compares the
# bytes. About 3 minutes. Exit code 1 where they differ; the files that differ are named.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash tests/reproducible.sh [--offline]
Builds the amd64 package twice from the last commit, and compares the bytes. Both builds use this machine's .NET SDK: another version
of the SDK brings another runtime, and so other bytes." "$@"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# package NAME UMASK ZONE: clones into a directory of this name and builds there.
package() {
  git clone -q . "$work/$1"
  (
    cd "$work/$1"
    umask "$2"
    TZ=$3 run bash deploy/package.sh amd64 "${dotnet_flags[@]/*NuGetAudit*/--offline}" >"$work/log" 2>&1 || {
      cat "$work/log" >&2
      exit 1
    }
    cp artifacts/dooragent_*_amd64.deb "$work/${1##*/}.deb"
    mv artifacts/package/amd64 "$work/${1##*/}.stage"
  )
  rm -rf "${work:?}/$1"
}
package one 022 UTC
package elsewhere/deeper/two 077 Asia/Tokyo
if ! cmp "$work/one.deb" "$work/two.deb"; then
  diff -rq "$work/one.stage" "$work/two.stage" >&2 || true
  echo "The two packages differ." >&2
  exit 1
fi
echo "Both packages are the same, SHA-256 $(sha256sum <"$work/one.deb" | cut -d' ' -f1)"
