# shellcheck shell=bash
# Sourced by deploy/quickstart.sh, tests/run.sh and .ci/run: what a fresh Debian needs before dotnet can work.
# Sets dotnet_flags. Exit codes: 2 wrong use, 3 Debian packages or disk space missing, 4 no .NET SDK 10; else that of what failed.

offline=false
dotnet_flags=()
as_root=() # what makes a command root's

# Prints a command, then runs it.
run() {
  printf '+'
  printf ' %q' "$@"
  printf '\n'
  "$@"
}

is_installed() {
  [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

# Prints the names of missing packages, one a line; libicu stands for the release's own libicuNN.
missing_packages() {
  local name
  # OpenCV's native library does not load without GTK 3, libdrm and libatomic, and a minimal Debian has none of them.
  # Debian 13 calls the first libgtk-3-0t64 and resolves the old name to it.
  is_installed libgtk-3-0 || is_installed libgtk-3-0t64 || echo libgtk-3-0
  for name in libdrm2 libatomic1 ca-certificates tzdata; do
    is_installed "$name" || echo "$name"
  done
  [[ $(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' 'libicu*' 2>/dev/null) =~ ii\ libicu[0-9]+ ]] || echo libicu
}

# Prints the newest ICU of this release. A new machine has no list of packages until apt-get update has run.
newest_icu() {
  local found
  found=$(apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -1)
  if [[ -z $found ]]; then
    case $(sed -n 's/^VERSION_ID="\?\([0-9]*\).*/\1/p' /etc/os-release) in
      12) found=libicu72 ;;
      *) found=libicu76 ;;
    esac
  fi
  echo "$found"
}

# Without a terminal sudo cannot ask for a password.
can_sudo() {
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }
}

# apt_get update | apt_get install NAME...: asks nothing, and waits while another process installs packages.
apt_get() {
  run "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

# install_debian NAME...: as root, or with as_root. A list of another source that cannot be fetched does not stop the script: the
# installation fails if Debian's own lists are missing.
install_debian() {
  apt_get update || echo "Some lists of packages could not be fetched; the script continues with the others." >&2
  apt_get install -y --no-install-recommends "${@/%libicu/$(newest_icu)}"
}

install_packages() {
  local missing
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian: install GTK 3, libdrm, libatomic, ICU, tzdata and ca-certificates yourself." >&2
    return
  fi
  mapfile -t missing < <(missing_packages)
  [[ ${#missing[@]} -gt 0 ]] || return 0

  if [[ $offline == true ]]; then
    echo "Debian packages are missing (${missing[*]/%libicu/$(newest_icu)}): run this script once without --offline." >&2
    exit 3
  fi
  if [[ $EUID -ne 0 ]]; then
    if ! can_sudo; then
      echo "Debian packages are missing. Run this line as root, then this script again:" >&2
      echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]/%libicu/$(newest_icu)}" >&2
      exit 3
    fi
    as_root=(sudo)
  fi
  install_debian "${missing[@]}"
}

need_dotnet() {
  local newest
  newest=$({ dotnet --list-sdks 2>/dev/null || true; } | cut -d. -f1 | sort -n | tail -1)
  if [[ ${newest:-0} -lt 10 ]]; then
    echo "The .NET SDK 10 is needed, and ${newest:+only version }${newest:-none} is on the PATH." >&2
    echo "Install it as https://learn.microsoft.com/dotnet/core/install/linux-debian says (package dotnet-sdk-10.0)," >&2
    echo "or put the folder of an installed one on the PATH, then run this script again." >&2
    exit 4
  fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1
}

# A disk that fills while packages are copied costs minutes of attempts, and ends in a message about something else.
need_space() {
  local free
  free=$(($(df --output=avail -k . | tail -1) / 1024))
  if [[ $free -lt $1 ]]; then
    echo "The disk of $PWD has $free MB left. The build takes $1 MB, and fetching its packages 1,800 MB more: free some space first." >&2
    exit 3
  fi
}

# prepare USAGE [OPTION]...: reads the options of a script, then checks packages and SDK.
prepare() {
  local usage=$1 option
  shift
  for option in "$@"; do
    case $option in
      --offline)
        offline=true
        dotnet_flags+=(-p:NuGetAudit=false) # the audit asks the network which packages have known vulnerabilities
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
  if [[ $EUID -eq 0 && ${SUDO_UID:-0} -ne 0 ]]; then
    echo "Run this script without sudo: it calls sudo where Debian packages are missing, and dotnet must not run under sudo." >&2
    exit 2
  fi
  need_space 500
  install_packages
  need_dotnet
}

# goes_on WHAT COMMAND...: prints a command, runs it, and prints every 15 seconds that it still runs: small machines compile for minutes.
goes_on() {
  local what=$1 heart status=0
  shift
  # The loop checks that this script still runs: a job in the background does not receive Ctrl-C.
  (
    begun=$SECONDS
    while sleep "${goes_on_every:-15}" >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
      echo "  $what goes on, $((SECONDS - begun)) s so far"
    done
  ) &
  heart=$!
  run "$@" || status=$?
  kill "$heart" 2>/dev/null
  wait "$heart" 2>/dev/null || true
  return "$status"
}

# restored COMMAND...: runs a command that restores packages, and says what to do where packages are not those of packages.lock.json.
restored() {
  local log status=0
  log=$(mktemp)
  "$@" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
  if grep -qE 'NU1004|NU1403' "$log"; then
    echo >&2
    echo "The packages are not those of the packages.lock.json files. After a change of packages, and where this machine's registry serves" >&2
    echo "other ones that you trust, renew these files, look at what changed, and commit them:" >&2
    echo "  bash deploy/lock.sh && git diff '*packages.lock.json'" >&2
  fi
  rm -f "$log"
  return "$status"
}

# build WHAT: builds with one configuration for all scripts, so that nothing is compiled twice.
build() {
  restored goes_on "fetching packages" dotnet restore "$1" -v quiet "${dotnet_flags[@]}"
  goes_on "compiling" dotnet build "$1" -c Release -v quiet --no-restore "${dotnet_flags[@]}"
}
