#!/usr/bin/env bash
# The agent for others' machines, in artifacts/publish/. scripts/publish.sh [linux-x64|linux-x64-v3|linux-arm64|win-x64|tool...]; without a name: all that this machine can build.
# For this machine's own processor it is compiled ahead of time and linked with libzstd and libsodium, one file: linux-x64 for any, linux-x64-v3 for those with AVX2 (since 2013), where wide instructions are used;
# for others it brings its runtime along, in one file; "tool" is a package for "dotnet tool install".
# What can run here is tried here: a backup and a check of every byte.
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"

need_dotnet
cd "$ROOT"
out="$ROOT/artifacts/publish"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# A backup and a check of every byte.
try() {
  local program="$1"
  export BACKUPONLINE_PASSWORD=trial
  "$program" -q -r "$work/repository" init --yes
  "$program" -q -r "$work/repository" backup "$ROOT/docs"
  "$program" -q -r "$work/repository" check --read-data
  rm -rf "$work/repository"
}

# publish PLATFORM PROGRAM OPTION...: a platform's name may end in the level of its processor.
publish() {
  local platform="$1" program="$2"
  shift 2
  say "$platform"
  rm -rf "${out:?}/$platform"
  dotnet publish Agent/Agent.csproj -c "$CONFIGURATION" -r "${platform%-v3}" -v quiet -nologo --artifacts-path "$work/build" -o "$out/$platform" \
    -p:DebugType=none "$@" >&2 || fail "the build for $platform failed"
  find "$out/$platform" \( -name '*.dbg' -o -name '*.xml' \) -delete
  [ ! -d "${libraries:-}" ] || cp -R "$libraries/licenses" "$out/$platform/"
  du -b "$out/$platform/$program" >&2
  [ "$platform" != "$(runtime_identifier)" ] && ! { [ "$platform" = linux-x64-v3 ] && has_wide_instructions; } || try "$out/$platform/$program"
}

native() {
  local libraries
  need_archive_tools
  libraries="$(archives "$1")"
  publish "$1" backuponline -p:StaticLibraries="$libraries" "${@:2}"
}

# Trimmed as the ahead-of-time build is; libzstd and libsodium are inside and unfolded when it starts.
single_file() {
  publish "$1" "$2" --self-contained -p:PublishAot=false -p:PublishSingleFile=true -p:PublishTrimmed=true -p:IncludeNativeLibrariesForSelfExtract=true \
    -p:EnableCompressionInSingleFile=true
}

tool() {
  say "dotnet tool"
  rm -rf "${out:?}/tool"
  dotnet pack Agent/Agent.csproj -c "$CONFIGURATION" -v quiet -nologo --artifacts-path "$work/build" -o "$out/tool" -p:AsTool=true >&2 || fail "packing failed"
  dotnet tool install BackupOnline.Agent --tool-path "$work/tool" --source "$out/tool" >&2
  DOTNET_ROOT="$(dirname "$(readlink -f "$(command -v dotnet)")")" try "$work/tool/backuponline"
}

if [ $# -eq 0 ]; then
  set -- linux-x64 linux-arm64 win-x64 tool
  [ "$(runtime_identifier)" != linux-x64 ] || set -- linux-x64 linux-x64-v3 "${@:2}"
fi
for what in "$@"; do
  case "$what" in
    linux-x64 | linux-arm64)
      if [ "$what" = "$(runtime_identifier)" ]; then native "$what"; else single_file "$what" backuponline; fi
      ;;
    linux-x64-v3)
      [ "$(runtime_identifier)" = linux-x64 ] || fail "linux-x64-v3 is built on an x86-64 machine only; this one is $(uname -m)"
      native "$what" "$WIDE"
      ;;
    win-x64) single_file "$what" backuponline.exe ;;
    tool) tool ;;
    *) fail "no build for '$what'; there are: linux-x64 linux-x64-v3 linux-arm64 win-x64 tool" ;;
  esac
done
say "in $out"
