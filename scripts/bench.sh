#!/usr/bin/env bash
# Long campaigns and comparisons. scripts/bench.sh [room...]; without a room: all. Results go to benchmarks/results/.
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"

need_dotnet
need_postgresql
need_native_linker
need_command restic restic
need_command setfattr attr
build agent

rooms=("$@")
[ $# -gt 0 ] || rooms=($(cd "$ROOT/benchmarks" && ls -d */ | tr -d / | grep -v '^results$'))
mkdir -p "$ROOT/benchmarks/results"
for room in "${rooms[@]}"; do
  [ -x "$ROOT/benchmarks/$room/run.sh" ] || fail "no room '$room'; there are: $(cd "$ROOT/benchmarks" && ls -d */ | tr -d / | grep -v '^results$' | tr '\n' ' ')"
  say "$room"
  . "$ROOT/benchmarks/$room/run.sh" | tee "$ROOT/benchmarks/results/$room.md"
done
