#!/usr/bin/env bash
# Names the packages of this repository with known vulnerabilities, as far as the sources of packages know them; exit code 1 when there are
# some. Needs a build before it, and a network.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A source without data on vulnerabilities says so only where the configuration names it as a source of audits: elsewhere its silence looks
# like the good news.
sources=$(dotnet nuget list source --format short | sed -n 's/^E //p' | sed 's/&/\&amp;/g; s/"/\&quot;/g' |
  awk '{ printf "<add key=\"source%d\" value=\"%s\" />", NR, $0 }')
for kind in packageSources auditSources; do
  printf '<%s><clear />%s</%s>' "$kind" "$sources" "$kind"
done | sed 's|.*|<configuration>&</configuration>|' >"$work/nuget.config"

if ! dotnet list DoorAgent.sln package --vulnerable --include-transitive --no-restore --config "$work/nuget.config" \
  >"$work/found" 2>&1; then
  echo "Known vulnerabilities were not looked up, for this reason: $(grep . "$work/found" | tail -1)"
elif grep -q 'has the following vulnerable packages' "$work/found"; then
  grep -E 'vulnerable packages|^ +>' "$work/found"
  exit 1
elif grep -q 'did not provide any vulnerability data' "$work/found"; then
  echo "Known vulnerabilities were not looked up, since the source of packages has no data on them."
else
  echo "No package has a known vulnerability."
fi
