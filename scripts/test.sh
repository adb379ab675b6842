#!/usr/bin/env bash
# Sets up, runs every test against real PostgreSQL, silos and restic, and ends with a line "N passed, N failed, N skipped".
# Copies may run side by side: they share the machine's lanes, so that none starves another. Arguments: names of test projects (default: all), such as "Engine.Tests".
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"

need_dotnet
need_postgresql
need_command restic restic
need_command curl curl
need_command setfattr attr
need_command fusermount3 fuse3
need_command qemu-img qemu-utils
# An independent reader of differencing VHDX files.
/usr/bin/python3 -c 'import pyvhdi' 2>/dev/null || install_packages python3-libvhdi
need_native_linker
need_vm_fixture
say "building"
build agent

cd "$ROOT"
export BACKUPONLINE_AGENT="$ROOT/artifacts/agent/backuponline"
outputs="$(mktemp -d)"
lane=
# Ends by process id what still runs when this script is stopped.
trap 'if [ -n "$lane" ]; then kill "$lane" 2>/dev/null || true; fi; rm -rf "$outputs"' EXIT

if [ $# -gt 0 ]; then projects=("$@"); else projects=($(cd tests && ls -d *.Tests)); fi
passed=0 failed=0 skipped=0
# figure PROJECT NAME: the last figure of that name in the runner's summary.
figure() { sed -n "s/^ *$2: *\([0-9][0-9]*\).*/\1/p" "$outputs/$1" | tail -1; }

# Waits for one of the lanes that this machine has for projects of all copies: one for each two processors. A lane is a locked file, free again when its
# holder ends, however that comes about. (System.Tests share places of their own: tests/System.Tests/Running/Place.cs.)
take_lane() {
  local folder="${TMPDIR:-/tmp}/backuponline-lanes-$(id -un)" lanes=$((($(nproc) + 1) / 2)) number
  mkdir -p "$folder"
  while true; do
    for ((number = 0; number < lanes; number++)); do
      exec 8>"$folder/$number"
      ! flock -n 8 || return 0
    done
    sleep 0.5
  done
}

# Runs one project; its output goes to a file, so that two lanes do not mix theirs. What each test took is in artifacts/results.
run() {
  # The contract's rules owe every line a test.
  local coverage=()
  if [ "$1" = Rules.Tests ]; then
    coverage=(--coverlet --coverlet-include '[BackupOnline.Rules]*' --coverlet-output-format cobertura
      --coverlet-threshold 100 --coverlet-threshold-type line)
  fi
  # Guests that are emulated boot slowly: the classes that boot many are the room "guests" of scripts/bench.sh.
  local filter=()
  if [ "$1" = Agent.Tests ]; then filter=(--filter-not-trait pace=long); fi
  local test=(dotnet test --project "tests/$1/$1.csproj" -c "$CONFIGURATION" --no-build --no-progress --results-directory "$ROOT/artifacts/results"
    --report-xunit-trx --report-xunit-trx-filename "$1.trx" "${filter[@]}" "${coverage[@]}")
  if [ "$1" = System.Tests ]; then exec "${test[@]}" >"$outputs/$1" 2>&1; fi
  take_lane
  # The lane ends with this shell: a build server that outlives the tests must not hold it.
  "${test[@]}" >"$outputs/$1" 2>&1 8>&-
}

# report PROJECT STATUS
report() {
  say "$1"
  cat "$outputs/$1" >&2
  local good bad left
  good="$(figure "$1" succeeded)" bad="$(figure "$1" failed)" left="$(figure "$1" skipped)"
  passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
  # A run that fell over without a failed test is a failure all the same.
  if [ "$2" != 0 ] && [ "${bad:-0}" = 0 ]; then failed=$((failed + 1)); fi
}

# System.Tests mostly wait for real minutes to pass: they have a lane of their own beside the others.
for project in "${projects[@]}"; do
  if [ "$project" = System.Tests ] && [ ${#projects[@]} -gt 1 ]; then
    (run System.Tests) &
    lane=$!
  fi
done
for project in "${projects[@]}"; do
  if [ "$project" = System.Tests ] && [ -n "$lane" ]; then continue; fi
  status=0
  (run "$project") || status=$?
  report "$project" "$status"
done
if [ -n "$lane" ]; then
  status=0
  wait "$lane" || status=$?
  lane=
  report System.Tests "$status"
fi

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
