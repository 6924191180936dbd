# Sourced by quickstart.sh, tests/run.sh and .ci/run: what a fresh Debian needs before dotnet can work.
# Sets $offline (true or false) and $dotnet_flags.

offline=false
dotnet_flags=()

# Says a command, then runs it.
run() {
  printf '+ %s\n' "$*"
  "$@"
}

is_installed() {
  [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

# The newest ICU of this release; the package lists may not be there yet.
newest_icu() {
  local found
  found=$(apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -1)
  if [[ -z $found ]]; then
    # shellcheck disable=SC1091
    case $(. /etc/os-release; echo "${VERSION_ID:-}") in
      12) found=libicu72 ;;
      *) found=libicu76 ;;
    esac
  fi
  echo "$found"
}

install_packages() {
  local missing=()
  # OpenCV's native library does not load without GTK 3; Debian 13 calls it libgtk-3-0t64 and knows the old name.
  is_installed libgtk-3-0 || is_installed libgtk-3-0t64 || missing+=(libgtk-3-0)
  is_installed libdrm2 || missing+=(libdrm2) # the same library wants it, and Debian 13's GTK does not bring it
  is_installed ca-certificates || missing+=(ca-certificates)
  is_installed tzdata || missing+=(tzdata)
  dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 'libicu*' 2>/dev/null | grep -qE '^ii +libicu[0-9]+$' || missing+=(libicu)
  [[ ${#missing[@]} -eq 0 ]] && return
  if [[ $offline == true ]]; then
    echo "Missing Debian packages: ${missing[*]}. Run this once without --offline." >&2
    exit 3
  fi

  local root=()
  if [[ $EUID -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
      echo "Debian packages are missing. Run this line as root, then this script again:" >&2
      echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]/%libicu/$(newest_icu)}" >&2
      exit 3
    fi
    root=(sudo)
  fi
  run "${root[@]}" apt-get update -qq
  run "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]/%libicu/$(newest_icu)}"
}

need_dotnet() {
  local newest
  newest=$(dotnet --list-sdks 2>/dev/null | cut -d. -f1 | sort -n | tail -1)
  if [[ -z $newest || $newest -lt 10 ]]; then
    echo "The .NET SDK 10 is needed, and ${newest:+only version $newest}${newest:-none} is here." >&2
    echo "Install it as https://learn.microsoft.com/dotnet/core/install/linux describes (package dotnet-sdk-10.0), then run this again." >&2
    exit 4
  fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Options of both scripts, packages, SDK.
prepare() {
  local usage=$1
  shift
  for option in "$@"; do
    case $option in
      --offline)
        offline=true
        dotnet_flags+=(-p:NuGetAudit=false)
        ;;
      --help | -h)
        echo "$usage"
        exit 0
        ;;
      *)
        echo "Unknown option $option." >&2
        echo "$usage" >&2
        exit 2
        ;;
    esac
  done
  if [[ $EUID -eq 0 && -n ${SUDO_UID:-} && $SUDO_UID -ne 0 ]]; then
    echo "Run this without sudo: it asks for it where Debian packages are missing, and dotnet must not run under it." >&2
    exit 2
  fi
  install_packages
  need_dotnet
}

# One configuration for everything, so that nothing is compiled twice.
build() {
  run dotnet build DoorAgent.sln -c Release -v quiet "${dotnet_flags[@]}"
}
