#!/usr/bin/env bash
# Makes the Debian package of one architecture: self-contained, so that a door needs no .NET of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

usage="Usage: bash deploy/package.sh amd64|arm64 [--opencv-native FILE] [--version VERSION] [--offline]
Makes artifacts/dooragent_VERSION_ARCH.deb.
  --opencv-native FILE  libOpenCvSharpExtern.so of that architecture, where the package registry has none
  --version VERSION     the package's version; default the program's"

arch='' native='' version='' rest=()
while [[ $# -gt 0 ]]; do
  case $1 in
    amd64 | arm64) arch=$1 ;;
    --opencv-native | --version)
      if [[ $# -lt 2 ]]; then
        echo "$1 wants a value." >&2
        exit 2
      fi
      if [[ $1 == --version ]]; then version=$2; else native=$2; fi
      shift
      ;;
    *) rest+=("$1") ;;
  esac
  shift
done
prepare "$usage" "${rest[@]}"
if [[ -z $arch ]]; then
  echo "For which architecture?" >&2
  echo "$usage" >&2
  exit 2
fi
if [[ -n $native && ! -f $native ]]; then
  echo "There is no file $native (--opencv-native)." >&2
  exit 2
fi

# An ELF file names its machine in bytes 18 and 19.
rid=linux-x64 machine='3e 00'
[[ $arch == arm64 ]] && rid=linux-arm64 machine='b7 00'
stage=artifacts/package/$arch
program=$stage/usr/lib/dooragent
rm -rf "$stage"
mkdir -p "$program"

# Compiled ahead of time, since a board is slow at doing it at every start.
flags=(-c Release -r "$rid" --self-contained -o "$program" -v quiet -p:DebugType=none -p:PublishReadyToRun=true "${dotnet_flags[@]}")
[[ -n $native ]] && flags+=(-p:OpenCvNative=file)
if ! run dotnet publish src/DoorAgent "${flags[@]}"; then
  if [[ $arch == arm64 && -z $native ]]; then
    echo >&2
    echo "If the registry has no OpenCV library for arm64 (the error above names OpenCvSharp4.runtime.linux-arm64), build it" >&2
    echo "once on a board from OpenCvSharp's sources, or take it from a board that has it, and give it here:" >&2
    echo "  bash deploy/package.sh arm64 --opencv-native libOpenCvSharpExtern.so" >&2
  fi
  exit 1
fi
[[ -n $native ]] && install -m 0755 "$native" "$program/libOpenCvSharpExtern.so"
# ONNX Runtime's package brings the libraries of other systems along.
find "$program" -name '*.dll' -size +16M -name 'onnxruntime*' -delete
find "$program" -type f -exec chmod 0644 {} +
chmod 0755 "$program/dooragent"

# One file of another architecture, and the door does not start: each is looked at.
elf=0
while IFS= read -r -d '' file; do
  [[ $(head -c 4 "$file" | od -An -tx1) == ' 7f 45 4c 46' ]] || continue
  elf=$((elf + 1))
  if [[ $(od -An -tx1 -j 18 -N 2 "$file") != " $machine" ]]; then
    echo "Not of $arch: $file" >&2
    exit 1
  fi
done < <(find "$program" -type f -print0)
for needed in libOpenCvSharpExtern.so libonnxruntime.so libe_sqlite3.so libcoreclr.so; do
  if [[ ! -f $program/$needed ]]; then
    echo "$needed is missing from the published program." >&2
    exit 1
  fi
done

: "${version:=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)}"
mkdir -p "$stage"/usr/bin "$stage"/usr/share/{dooragent,man/man8,bash-completion/completions,doc/dooragent} \
  "$stage"/usr/lib/{systemd/system,udev/rules.d,sysusers.d} "$stage/DEBIAN"
ln -s ../lib/dooragent/dooragent "$stage/usr/bin/dooragent"
install -m 0644 deploy/debian/dooragent.service "$stage/usr/lib/systemd/system/"
install -m 0644 deploy/debian/60-dooragent.rules "$stage/usr/lib/udev/rules.d/"
install -m 0644 deploy/debian/sysusers.conf "$stage/usr/lib/sysusers.d/dooragent.conf"
install -m 0644 deploy/debian/dooragent.json "$stage/usr/share/dooragent/"
install -m 0644 deploy/debian/completion.bash "$stage/usr/share/bash-completion/completions/dooragent"
install -m 0644 LICENSE "$stage/usr/share/doc/dooragent/copyright"
install -m 0644 README.md "$stage/usr/share/doc/dooragent/"
install -m 0644 deploy/README.md "$stage/usr/share/doc/dooragent/INSTALL.md"
printf 'dooragent (%s) stable; urgency=medium\n\n  * The program of commit %s; the history is in its repository.\n\n -- DoorAgent developers <doors@example.org>  %s\n' \
  "$version" "$(git log -1 --format=%h)" "$(git log -1 --format=%cd --date=rfc)" | gzip -9n >"$stage/usr/share/doc/dooragent/changelog.gz"
gzip -9n <deploy/debian/dooragent.8 >"$stage/usr/share/man/man8/dooragent.8.gz"
install -m 0755 deploy/debian/{postinst,prerm,postrm} "$stage/DEBIAN/"
sed -e "s/@VERSION@/$version/; s/@ARCH@/$arch/; s/@SIZE@/$(du -sk "$stage/usr" | cut -f1)/" deploy/debian/control >"$stage/DEBIAN/control"
# 'dpkg --verify dooragent' then finds the file that a dying card has changed.
(cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)

deb=artifacts/dooragent_${version}_$arch.deb
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) run dpkg-deb --root-owner-group -Zzstd -z10 --build "$stage" "$deb"
echo "$deb: $(du -h "$deb" | cut -f1), installed $(du -sh "$stage/usr" | cut -f1), all $elf ELF files of $arch"
