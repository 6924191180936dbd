#!/usr/bin/env bash
# Packs a staged package: lists the digest of every file, signs the list where a key is given, and makes the .deb. The same files give
# the same bytes, whatever their owners, times and order on this disk are. Called by deploy/package.sh.
set -euo pipefail
export LC_ALL=C TZ=UTC
if [[ $# -lt 2 || $# -gt 3 ]]; then
  echo "Usage: SOURCE_DATE_EPOCH=SECONDS bash deploy/pack.sh STAGE DEB [KEY]
  STAGE  folder with DEBIAN/ and usr/
  DEB    the package to write
  KEY    private key (PEM, ECDSA P-256) that signs the list of digests" >&2
  exit 2
fi
stage=$1 deb=$2 key=${3:-}
list=usr/share/dooragent/manifest.sha256
epoch=${SOURCE_DATE_EPOCH:?"SOURCE_DATE_EPOCH is not set: the time of the files in the package, in seconds since 1970"}

find "$stage" -type d -exec chmod 0755 {} +
find "$stage" -type f -exec chmod 0644 {} +
chmod 0755 "$stage/usr/lib/dooragent/dooragent"
find "$stage/DEBIAN" \( -name '*inst' -o -name '*rm' \) -exec chmod 0755 {} +

# The form of sha256sum, which skips the lines that begin with #. Links are such lines, since sha256sum would follow them.
(
  cd "$stage"
  rm -f "$list" "$list.sig"
  mkdir -p "${list%/*}"
  version=$(sed -n 's/^Version: //p' DEBIAN/control) architecture=$(sed -n 's/^Architecture: //p' DEBIAN/control)
  {
    echo "# dooragent $version $architecture: SHA-256 of every file in the package; 'dooragent verify-install' compares them, and sha256sum:"
    echo "# cd / && sha256sum --check --quiet $list"
    find usr -type l -printf '# link %p -> %l\n' | sort
    find usr -type f -print0 | sort -z | xargs -0 sha256sum
  } >DEBIAN/manifest.new
  mv DEBIAN/manifest.new "$list"
  chmod 0644 "$list"
)
if [[ -n $key ]]; then
  openssl dgst -sha256 -sign "$key" -out "$stage/$list.sig" "$stage/$list"
  chmod 0644 "$stage/$list.sig"
fi

# As Debian's own tools count it: each file in full KiB, 1 KiB for everything else. What a file takes on this disk is of no interest.
size=$(find "$stage/usr" -printf '%y %s\n' | awk '{ sum += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print sum }')
sed -i "s/^Installed-Size: .*/Installed-Size: $size/" "$stage/DEBIAN/control"
# With these sums 'dpkg --verify dooragent' finds files that a dying SD card has changed.
(cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums && chmod 0644 DEBIAN/md5sums)

find "$stage" -exec touch -h -d "@$epoch" {} +
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zzstd -z10 --build "$stage" "$deb"
