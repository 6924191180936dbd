#!/usr/bin/env bash
# Writes a package's copyright file in Debian's machine-readable form, and beside it the licences and notices that come with the
# libraries in it. The published program's dooragent.deps.json lists the libraries. Called by deploy/package.sh.
# Exit codes: 1 a library whose licence is not known, 2 wrong use.
set -euo pipefail
if [[ $# -ne 3 ]]; then
  echo "Usage: bash deploy/licences.sh PROGRAM PACKAGES DOCUMENTS
  PROGRAM    the published program, with dooragent.deps.json in it
  PACKAGES   where restored packages lie, as 'dotnet nuget locals global-packages --list' says
  DOCUMENTS  gets 'copyright' and 'licences'" >&2
  exit 2
fi
program=$1 packages=$2 documents=$3
own=$(dirname "$0")/../LICENSE
common=/usr/share/common-licenses

# Each file of each package, "PACKAGE/VERSION<tab>FILE": in the list of the target, six blanks before a package, ten before a file.
files_of_packages() {
  awk -F'"' '/^  "libraries"/ { exit }
    /^      "[^"]+\/[^"]+": \{/ { package = $2; sub(/^runtimepack\./, "", package) }
    /^          "[^"]+": \{/ && tolower(package) !~ /^dooragent[.\/]/ { sub(/.*\//, "", $2); print package "\t" $2 }' \
    "$program/dooragent.deps.json"
}
# field NAME NUSPEC: the text of one of its elements.
field() { tr -d '\r' <"$2" | sed -n "s:.*<$1\( [^>]*\)\?>\([^<]*\)</$1>.*:\2:p" | head -1; }
fail() {
  echo "$1" >&2
  exit 1
}

mkdir -p "$documents/licences"
declare -A files=() kept=() texts=()
while IFS=$'\t' read -r package file; do
  files[$package]+="$file "
done < <(files_of_packages)
[[ ${#files[@]} -gt 0 ]] || fail "$program/dooragent.deps.json names no package."

# keep PACKAGE FOLDER: copies its licences and notices. Many packages bring the same text: it is kept once, the others point to it.
keep() {
  local text sum place
  while IFS= read -r -d '' text; do
    sum=$(sha256sum <"$text") place=$1/$(basename "$text")
    mkdir -p "$documents/licences/$1"
    if [[ -n ${kept[$sum]:-} ]]; then
      ln -sf "../${kept[$sum]}" "$documents/licences/$place"
    else
      install -m 0644 "$text" "$documents/licences/$place"
      kept[$sum]=$place
    fi
  done < <(find "$2" -maxdepth 1 -type f \( -iname '*licen[cs]e*' -o -iname '*notice*' -o -iname 'copying*' \) -print0 | sort -z)
}
# holder NUSPEC: whose it is. Some name only years.
holder() {
  local said
  said=$(field copyright "$1")
  [[ $said =~ [A-Za-z]{3} && ! $said =~ ^Copyright\ [0-9-]*$ ]] || said+=" $(field authors "$1")"
  echo "${said# }"
}
# paragraph FILES COPYRIGHT LICENCE COMMENT
paragraph() { printf '\nFiles: %s\nCopyright: %s\nLicense: %s\nComment: %s\n' "$@"; }

{
  printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: DoorAgent\n'
  paragraph '*' "$(sed -n 's/^Copyright //p' "$own")" MIT "The program, its networks and its pictures."
  texts[MIT]=1
  while IFS= read -r package; do
    name=${package%/*}
    folder=$packages/${package,,}
    nuspec=$(find "$folder" -maxdepth 1 -name '*.nuspec' 2>/dev/null || true)
    [[ -n $nuspec ]] || fail "$package is in the program and not among the restored packages ($packages)."
    keep "$name" "$folder"
    licence=$(field license "$nuspec")
    if [[ $licence != MIT && $licence != MIT-0 && ! -f $common/$licence ]]; then
      # No licence that Debian has a text of: then the package must have brought its own.
      text=$({ find "$documents/licences/$name" -iname '*licen[cs]e*' -o -iname 'copying*'; } 2>/dev/null | sort | sed 1q || true)
      [[ -n $text ]] || fail "$package: licence '$licence', and neither the package nor $common has its text. It cannot be given on."
      licence=$name-licence
      texts[$licence]=licences/$name/$(basename "$text")
    else
      texts[$licence]=1
    fi
    read -ra its <<<"${files[$package]}"
    remark="$name ${package#*/}" url=$(field projectUrl "$nuspec")
    [[ -z $url ]] || remark+=", $url"
    [[ " ${its[*]} " != *' libe_sqlite3.so '* ]] || remark+='; SQLite itself is in the public domain'
    paragraph "$(printf 'usr/lib/dooragent/%s\n ' "${its[@]}" | sed '$d')" "$(holder "$nuspec")" "$licence" "$remark"
  done < <(printf '%s\n' "${!files[@]}" | sort)
  # The same for every origin of the library: its package, or --opencv-native.
  texts[Apache-2.0]=1 texts[LGPL-2.1]=1
  paragraph usr/lib/dooragent/libOpenCvSharpExtern.so 'OpenCvSharp, OpenCV, FFmpeg and Tesseract contributors' 'Apache-2.0 and LGPL-2.1' \
    "OpenCvSharp, OpenCV and Tesseract (Apache-2.0) with, as its makers say, FFmpeg (LGPL-2.1) linked in. It is a file of its own, which
 another build of the same version of https://github.com/shimat/opencvsharp may replace."

  while IFS= read -r licence; do
    printf '\nLicense: %s\n' "$licence"
    case $licence in
      MIT) sed -n '/^Permission/,$s/^/ /p' "$own" | sed 's/^ $/ ./' ;;
      # MIT without its condition.
      MIT-0) sed -n '/^Permission/,$s/^/ /p' "$own" | sed 's/, subject to the following conditions:$/./; /^ The above copyright/,/^ $/d; s/^ $/ ./' ;;
      *-licence) echo " Its text is /usr/share/doc/dooragent/${texts[$licence]}." ;;
      *) echo " On Debian systems the text is $common/$licence." ;;
    esac
  done < <(printf '%s\n' "${!texts[@]}" | sort)
} >"$documents/copyright"

# A library that is neither ours nor from a package has no known licence.
while IFS= read -r file; do
  case $(basename "$file") in
    dooragent.dll | DoorAgent.Hardware.dll | libOpenCvSharpExtern.so) ;;
    *) grep -q "usr/lib/dooragent/$(basename "$file")$" "$documents/copyright" || fail "$file comes from no package: its licence is not known." ;;
  esac
done < <(find "$program" -maxdepth 1 -name '*.dll' -o -maxdepth 1 -name '*.so')
