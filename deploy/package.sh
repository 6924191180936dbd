#!/usr/bin/env bash
# Builds the Debian package of one architecture: self-contained, so that a door needs no installed .NET.
set -euo pipefail
from=$PWD
cd "$(dirname "$0")/.."
# shellcheck source=deploy/prerequisites.sh
. deploy/prerequisites.sh

opencv=$(sed -n 's:.*Include="OpenCvSharp4" Version="\([^"]*\)".*:\1:p' Directory.Packages.props)
usage="Usage: bash deploy/package.sh amd64|arm64 [--opencv-native FILE] [--version VERSION] [--offline]
Makes artifacts/dooragent_VERSION_ARCH.deb.
  --opencv-native FILE  libOpenCvSharpExtern.so of that architecture, where the package registry has none:
                        of OpenCvSharp $opencv, which the program is compiled against
  --version VERSION     the package's version; default the program's
  --sign KEY            private key (PEM, ECDSA P-256) that signs the list of the files' digests, for a release:
                        openssl ecparam -name prime256v1 -genkey -noout -out KEY; openssl ec -in KEY -pubout -out PUBLIC"

arch='' native='' version='' key='' rest=()
while [[ $# -gt 0 ]]; do
  case $1 in
    amd64 | arm64) arch=$1 ;;
    --opencv-native | --version | --sign)
      if [[ $# -lt 2 ]]; then
        echo "$1 wants a value." >&2
        exit 2
      fi
      case $1 in
        --version) version=$2 ;;
        --sign) key=$2 ;;
        *) native=$2 ;;
      esac
      shift
      ;;
    *) rest+=("$1") ;;
  esac
  shift
done
prepare "$usage" "${rest[@]}"
if [[ -z $arch ]]; then
  echo "Name the architecture." >&2
  echo "$usage" >&2
  exit 2
fi
# What a file is compiled for: an ELF file names its kind in bytes 16 and 17 (3: a shared object), its machine in 18 and 19.
rid=linux-x64 machine='3e 00' compiled='1d fd'
[[ $arch == arm64 ]] && rid=linux-arm64 machine='b7 00' compiled='1d d1'
bytes() { od -An -tx1 -j "$2" -N "$3" "$1"; }
is_elf() { [[ $(bytes "$1" 0 4) == ' 7f 45 4c 46' ]]; }

if [[ -n $native ]]; then
  [[ $native == /* ]] || native=$from/$native
  if [[ ! -f $native ]]; then
    echo "The file $native does not exist (--opencv-native)." >&2
    exit 2
  fi
  if ! is_elf "$native" || [[ $(bytes "$native" 16 4) != " 03 00 $machine" ]]; then
    echo "$native is not a shared library of $arch (--opencv-native)." >&2
    exit 2
  fi
  # The program first looks up this name in the library; OpenCV's own libraries do not have this name.
  if ! grep -q redirectError "$native"; then
    echo "$native is not OpenCvSharp's library (--opencv-native): give libOpenCvSharpExtern.so of version $opencv." >&2
    exit 2
  fi
fi

# The same commit gives the same bytes: neither the day nor the place of the build, the caller's umask, zone or locale is in the package.
umask 022
export LC_ALL=C TZ=UTC
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

if [[ -n $key ]]; then
  [[ $key == /* ]] || key=$from/$key
  if ! openssl ec -in "$key" -noout -text 2>/dev/null | grep -q 'prime256v1'; then
    echo "$key is not a private key of ECDSA P-256 (--sign)." >&2
    exit 2
  fi
fi

stage=artifacts/package/$arch
program=$stage/usr/lib/dooragent
rm -rf "$stage"
mkdir -p "$program"

# Compiled ahead of time, since compiling at every start is slow on a board.
flags=(-c Release -r "$rid" --self-contained -o "$program" -v quiet -p:DebugType=none -p:PublishDocumentationFiles=false -p:PublishReadyToRun=true "${dotnet_flags[@]}"
  -p:PathMap="$PWD=/_")
[[ -n $native ]] && flags+=(-p:OpenCvNative=file)
log=artifacts/package/$arch.log
# What goes into a package is what packages.lock.json names (x64; the arm64 build has no lock file).
export RestoreLockedMode=true
if ! restored run dotnet publish src/DoorAgent "${flags[@]}" 2>&1 | tee "$log"; then
  # These codes mean that the package, or this version of it, does not exist; any other failure has another cause.
  if [[ -z $native ]] && grep -qiE 'NU110[123].*opencv' "$log"; then
    echo >&2
    echo "The package registry has no OpenCV library for $arch. Build libOpenCvSharpExtern.so once on a board, from the sources of" >&2
    echo "OpenCvSharp $opencv (src/OpenCvSharpExtern), or take it from a board that has it, and give it here:" >&2
    echo "  bash deploy/package.sh $arch --opencv-native libOpenCvSharpExtern.so" >&2
  fi
  exit 1
fi
[[ -n $native ]] && install -m 0755 "$native" "$program/libOpenCvSharpExtern.so"
# A door that needs a network of an earlier version has it already, and preinst keeps it.
find "$program/builtin/models" -name 'door-*-[0-9]*.onnx' -delete
# ONNX Runtime's package contains libraries for other systems.
find "$program" -name 'onnxruntime*.dll' -delete

# With one file of another architecture the door does not start, so every file is checked. .NET compiles ahead into PE files: byte 60
# points to the header, which names the machine after 4 bytes; 4c 01 is code for all machines.
elf=0 ahead=0
while IFS= read -r -d '' file; do
  if is_elf "$file"; then
    elf=$((elf + 1)) found=$(bytes "$file" 18 2) wanted=" $machine"
  elif [[ $file == *.dll ]]; then
    found=$(bytes "$file" $(($(od -An -tu4 -j 60 -N 4 "$file") + 4)) 2) wanted=" $compiled"
    if [[ $found == ' 4c 01' ]]; then continue; fi
    ahead=$((ahead + 1))
  else
    continue
  fi
  if [[ $found != "$wanted" ]]; then
    echo "This file is not for $arch: $file" >&2
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
mkdir -p "$stage"/usr/bin "$stage"/usr/share/{dooragent/monitoring,man/man8,bash-completion/completions,doc/dooragent} \
  "$stage"/usr/lib/{systemd/system,udev/rules.d,sysusers.d} "$stage/DEBIAN"
ln -s ../lib/dooragent/dooragent "$stage/usr/bin/dooragent"
install -m 0644 deploy/debian/dooragent.service deploy/debian/dooragent-link.service deploy/debian/dooragent-page.{service,socket} \
  deploy/debian/dooragent-anchor.{service,path,timer} "$stage/usr/lib/systemd/system/"
install -m 0644 deploy/debian/60-dooragent.rules "$stage/usr/lib/udev/rules.d/"
install -m 0644 deploy/debian/sysusers.conf "$stage/usr/lib/sysusers.d/dooragent.conf"
install -m 0644 deploy/debian/dooragent.json "$stage/usr/share/dooragent/"
install -m 0644 deploy/monitoring/dooragent-{rules.yml,dashboard.json} "$stage/usr/share/dooragent/monitoring/"
install -m 0644 deploy/debian/completion.bash "$stage/usr/share/bash-completion/completions/dooragent"
bash deploy/licences.sh "$program" "$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//')" "$stage/usr/share/doc/dooragent"
bash deploy/documents.sh "$stage/usr/share/doc/dooragent"
printf 'dooragent (%s) stable; urgency=medium\n\n  * The program of commit %s; the history is in its repository.\n\n -- DoorAgent developers <doors@example.org>  %s\n' \
  "$version" "$(git log -1 --format=%H)" "$(date -uR -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$stage/usr/share/doc/dooragent/changelog.gz"
gzip -9n <deploy/debian/dooragent.8 >"$stage/usr/share/man/man8/dooragent.8.gz"
install -m 0755 deploy/debian/{preinst,postinst,prerm,postrm} "$stage/DEBIAN/"
sed -e "s/@VERSION@/$version/; s/@ARCH@/$arch/" deploy/debian/control >"$stage/DEBIAN/control"

status=0
bash deploy/sbom.sh "$program" "$rid" "$version" "$stage/usr/share/doc/dooragent/sbom.cdx.json" || status=$?
if [[ $status -eq 3 && -z $key ]]; then
  echo "The package has no bill of materials: this machine's registry does not have the tool of .config/dotnet-tools.json." >&2
elif [[ $status -ne 0 ]]; then
  echo "The bill of materials could not be made; a signed package has one." >&2
  exit 1
fi

deb=artifacts/dooragent_${version}_$arch.deb
run bash deploy/pack.sh "$stage" "$deb" ${key:+"$key"}
echo "$deb: $(du -h "$deb" | cut -f1), installed $(du -sh "$stage/usr" | cut -f1), all $elf ELF files and $ahead assemblies compiled ahead are of $arch"
