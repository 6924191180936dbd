#!/usr/bin/env bash
# Writes the package's software bill of materials (CycloneDX, JSON): the libraries with licences and digests by the tool CycloneDX, and
# what this tool does not see: the .NET runtime in the package and the networks. Without time and serial number, so that the same
# program gives the same file. Called by deploy/package.sh after the program was published.
# Exit codes: 1 it could not be made, 2 wrong use, 3 this machine's package registry does not have the tool.
set -euo pipefail
if [[ $# -ne 4 ]]; then
  echo "Usage: bash deploy/sbom.sh PROGRAM RID VERSION FILE
  PROGRAM  the published program, with dooragent.deps.json and builtin/models in it
  RID      what it is published for, linux-x64 or linux-arm64
  VERSION  the package's version
  FILE     gets the bill of materials" >&2
  exit 2
fi
program=$(realpath "$1") rid=$2 version=$3 file=$(realpath -m "$4")
cd "$(dirname "$0")/.."

dotnet tool restore --tool-manifest .config/dotnet-tools.json -v quiet >/dev/null 2>&1 || exit 3
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
dotnet tool run dotnet-CycloneDX -- src/DoorAgent/DoorAgent.csproj --recursive --framework net10.0 --runtime "$rid" --exclude-dev \
  --disable-package-restore --base-intermediate-output-path artifacts/obj --no-serial-number --set-name dooragent --set-version "$version" \
  --output-format Json --output "$made" --filename sbom.json >"$made/log" 2>&1 || {
  cat "$made/log" >&2
  exit 1
}

# What the tool does not see, as components: "TYPE<tab>NAME<tab>VERSION<tab>LICENCE<tab>SHA-256 or nothing<tab>PURL or nothing".
others() {
  # The runtime packs, which a self-contained program brings along.
  sed -n 's:^  *"runtimepack\.\([^/"]*\)/\([^"]*\)".*:library\t\1\t\2\tMIT\t\tpkg\:nuget/\1@\2:p' "$program/dooragent.deps.json" | sort -u
  local network
  for network in "$program"/builtin/models/*.onnx; do
    printf 'machine-learning-model\t%s\t%s\tMIT\t%s\t\n' "$(basename "$network")" "$version" "$(sha256sum <"$network" | cut -d' ' -f1)"
  done
}
others | awk -F'\t' '{
  printf "    {\n      \"type\": \"%s\",\n      \"bom-ref\": \"%s\",\n      \"name\": \"%s\",\n      \"version\": \"%s\",\n", $1, $6 ? $6 : $2, $2, $3
  if ($5) printf "      \"hashes\": [{ \"alg\": \"SHA-256\", \"content\": \"%s\" }],\n", $5
  if ($6) printf "      \"purl\": \"%s\",\n", $6
  printf "      \"licenses\": [{ \"license\": { \"id\": \"%s\" } }]\n    },\n", $4 }' >"$made/others"
# The list of components, 2 blanks before it, is the only place where lines are inserted.
sed -e '/^    "timestamp": /d' -e "/^  \"components\": \\[\$/r $made/others" "$made/sbom.json" >"$file"
chmod 0644 "$file"
# Every package whose files lie in the program is named.
missing=$(awk -F'"' '/^  "libraries"/ { exit }
  /^      "[^"]+\/[^"]+": \{/ { package = $2; sub(/^runtimepack\./, "", package); sub(/\//, "@", package) }
  /^          "[^"]+": \{/ && tolower(package) !~ /^dooragent[.@]/ { print "\"pkg:nuget/" package "\"" }' "$program/dooragent.deps.json" |
  sort -u | while IFS= read -r purl; do grep -qiF "$purl" "$file" || echo "$purl"; done)
if [[ -n $missing ]]; then
  echo "The bill of materials lacks: $missing" >&2
  exit 1
fi
