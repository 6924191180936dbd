#!/usr/bin/env bash
# Renews packages.lock.json of every project: run it after a change of packages, look at the difference, and commit it with the change.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

prepare "Usage: bash deploy/lock.sh
Renews the packages.lock.json files from the package registry of this machine, and names those that changed.
Runs on x64: the builds for arm64 and with OSDP have no lock files." "$@"
if [[ $(uname -m) != x86_64 ]]; then
  echo "Lock files hold the packages of the x64 build: run this on an x64 machine." >&2
  exit 2
fi
mapfile -t projects < <(git ls-files --cached --others --exclude-standard '*.csproj')
for project in "${projects[@]}"; do
  run dotnet restore "$project" -v quiet --force-evaluate -p:RestoreLockedMode=false "${dotnet_flags[@]}"
done
# The digests are the same wherever packages come from: a lock file names no registry.
if git grep --untracked -nE '[a-z]+://' -- '*packages.lock.json' >&2; then
  echo "A lock file names a registry." >&2
  exit 1
fi
git status --short -- '*packages.lock.json'
