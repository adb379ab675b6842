# What the scripts share: finds out what is missing on this machine, installs it where the user may, and says what to do where not.
# Sourced, never run. Needs only bash, Debian's own tools and the .NET SDK 10.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
CONFIGURATION="${CONFIGURATION:-Release}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

say() { printf '\n== %s\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Prefix for commands that need an administrator: nothing for root, sudo where it asks no password, else refused.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    fail "this machine lacks something that only an administrator can install. Ask for: $*"
  fi
}

# Another copy of this script, or the system's own updates, may be at work: apt fails at once on the lock of its lists, so it is asked again.
refresh_package_lists() {
  local end=$((SECONDS + 300))
  until as_root apt-get update -qq >&2; do
    [ $SECONDS -lt $end ] || fail "apt-get update kept failing for 5 minutes; its last words are above"
    sleep 2
  done
}

APT_UPDATED=
install_packages() {
  command -v apt-get >/dev/null || fail "please install these packages with your own package manager: $*"
  say "installing $*"
  if [ -z "$APT_UPDATED" ]; then
    refresh_package_lists
    APT_UPDATED=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 "$@" >&2 ||
    fail "apt-get could not install: $*"
}

postgres_binaries() { ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1; }

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
  case "$(cd "$ROOT" && dotnet --version 2>/dev/null)" in
    10.*) ;;
    *) fail "the .NET SDK 10.0.4xx is needed (global.json); 'dotnet --list-sdks' shows what is here" ;;
  esac
}

# The server's binaries only: Debian's package would otherwise start a cluster of its own on port 5432.
need_postgresql() {
  [ -n "$(postgres_binaries)" ] && return
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root mkdir -p /etc/postgresql-common
    printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  install_packages postgresql
  [ -n "$(postgres_binaries)" ] || fail "PostgreSQL's server binaries are still missing after the installation"
}

# need_command COMMAND PACKAGE
need_command() { command -v "$1" >/dev/null || install_packages "$2"; }

# NativeAOT links with the machine's C compiler.
need_native_linker() {
  command -v clang >/dev/null || command -v gcc >/dev/null || install_packages clang
  [ -e /usr/include/zlib.h ] || install_packages zlib1g-dev
}

# The guest that the tests of hot backup boot: QEMU, and kernel and initrd from the distribution's packages. Made once; its folder is printed by the script itself.
need_vm_fixture() {
  [ "$(uname -m)" = x86_64 ] || fail "the tests of hot backup need an x86_64 machine; this one is $(uname -m)"
  need_command qemu-system-x86_64 qemu-system-x86
  need_command qemu-img qemu-utils
  need_command gcc gcc
  [ -e /usr/include/stdio.h ] || install_packages libc6-dev
  need_command mkfs.ext4 e2fsprogs
  need_command lz4 lz4
  need_command cpio cpio
  if [ -z "$APT_UPDATED" ] && ! apt-cache show qemu-guest-agent >/dev/null 2>&1; then
    refresh_package_lists
    APT_UPDATED=1
  fi
  "$ROOT/tests/fixtures/vm/build.sh" >/dev/null || fail "the test guest could not be made; the reason is above"
}

# newer_than STAMP [TEST...]: the first source, or folder of sources, that was changed since the stamp was set.
newer_than() {
  local stamp="$1"
  shift
  find "$ROOT" \( -name bin -o -name obj -o -name .git -o -path "$ROOT/artifacts" -o -path "$ROOT/data" -o -path "$ROOT/benchmarks/results" \) -prune -o "$@" -newer "$stamp" -print -quit
}

# A folder is newer when something was added to it or removed.
is_built() { [ -e "$1" ] && [ -z "$(newer_than "$1")" ]; }

# Everything built once, by one script at a time: copies that run side by side wait here for each other.
build() {
  mkdir -p "$ROOT/artifacts" "$ROOT/benchmarks/results"
  local stamp="$ROOT/artifacts/built-$CONFIGURATION${1:+-$1}"
  (
    flock 9
    cd "$ROOT"
    ! is_built "$stamp" || exit 0
    touch "$stamp.new"
    dotnet build BackupOnline.sln -c "$CONFIGURATION" -v quiet -nologo -clp:ErrorsOnly >&2 || exit 1
    if [ "${1:-}" = agent ]; then
      need_archive_tools
      platform="$(runtime_identifier)$(! has_wide_instructions || echo -v3)"
      libraries="$(archives "$platform")" || exit 1
      rm -rf "$ROOT/artifacts/agent"
      dotnet publish Agent/Agent.csproj -c "$CONFIGURATION" -r "$(runtime_identifier)" -v quiet -nologo -o "$ROOT/artifacts/agent" -p:StaticLibraries="$libraries" \
        $(has_wide_instructions && echo "$WIDE") >&2 || exit 1
    fi
    # A first build adds its own folders everywhere; a source that was changed meanwhile is built the next time.
    [ -n "$(newer_than "$stamp.new" -type f)" ] || touch "$stamp.new"
    mv "$stamp.new" "$stamp"
  ) 9>"$ROOT/artifacts/build.lock" || fail "the build failed"
}

# Of an x86-64 processor: AVX2 and what came with it (x86-64-v3, every server processor since 2013). An agent built for it starts on no other; where the processor has GFNI too, files are cut twice as fast.
WIDE=-p:IlcInstructionSet=x86-64-v3
has_wide_instructions() {
  local flag
  [ "$(uname -m)" = x86_64 ] || return 1
  for flag in avx2 bmi1 bmi2 f16c fma abm movbe; do
    grep -q "^flags.* $flag\( \|\$\)" /proc/cpuinfo || return 1
  done
}

runtime_identifier() {
  case "$(uname -m)" in
    x86_64) echo linux-x64 ;;
    aarch64) echo linux-arm64 ;;
    *) fail "no build of the agent for $(uname -m)" ;;
  esac
}

# A TCP port of the loopback interface that nobody listens on now.
free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 30000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  fail "no free port found on 127.0.0.1"
}

SILO_DLL="$ROOT/Silo/bin/$CONFIGURATION/net10.0/BackupOnline.Silo.dll"
DOOR_DLL="$ROOT/Client/bin/$CONFIGURATION/net10.0/BackupOnline.Client.dll"

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || fail "$what did not come up in time; its log lies in the data folder under logs/"
    sleep 0.3
  done
}

http_ok() { curl -fsS -o /dev/null --max-time 5 "$1"; }

. "$ROOT/scripts/lib/archives.sh"
