#!/usr/bin/env bash
# Sets up, runs every test against real PostgreSQL, silos and restic, and ends with a line "N passed, N failed, N skipped".
# Two copies may run side by side. Arguments: names of test projects (default: all), such as "Engine.Tests".
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"

need_dotnet
need_postgresql
need_command restic restic
need_command curl curl
need_command setfattr attr
need_command qemu-img qemu-utils
# An independent reader of differencing VHDX files.
/usr/bin/python3 -c 'import pyvhdi' 2>/dev/null || install_packages python3-libvhdi
need_native_linker
need_vm_fixture
say "building"
build agent

cd "$ROOT"
export BACKUPONLINE_AGENT="$ROOT/artifacts/agent/backuponline"
output="$(mktemp)"
trap 'rm -f "$output"' EXIT

if [ $# -gt 0 ]; then projects=("$@"); else projects=($(cd tests && ls -d *.Tests)); fi
passed=0 failed=0 skipped=0
# The last figure of that name in the runner's summary.
figure() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$output" | tail -1; }
for project in "${projects[@]}"; do
  say "$project"
  status=0
  # The contract's rules owe every line a test.
  coverage=()
  if [ "$project" = Rules.Tests ]; then
    coverage=(--results-directory "$ROOT/artifacts/coverage" --coverlet --coverlet-include '[BackupOnline.Rules]*' --coverlet-output-format cobertura
      --coverlet-threshold 100 --coverlet-threshold-type line)
  fi
  dotnet test --project "tests/$project/$project.csproj" -c "$CONFIGURATION" --no-build --no-progress "${coverage[@]}" >"$output" 2>&1 || status=$?
  cat "$output" >&2
  good="$(figure succeeded)" bad="$(figure failed)" left="$(figure skipped)"
  passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
  # A run that fell over without a failed test is a failure all the same.
  if [ "$status" != 0 ] && [ "${bad:-0}" = 0 ]; then failed=$((failed + 1)); fi
done

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
