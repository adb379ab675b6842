# Forty days of fifty virtual machines: silos killed at random, hosts away for days, the clock through the change of 25 October. Sourced by scripts/bench.sh.

export BACKUPONLINE_BENCH_OUT="$(mktemp)" BACKUPONLINE_SEED="${BACKUPONLINE_SEED:-$RANDOM}"
trap 'rm -f "$BACKUPONLINE_BENCH_OUT"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/Grains.Tests/Grains.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*HotSimulationTests' --explicit only 2>&1)" && passed=yes || passed=no
printf '# Hot backup: a simulation of days, %s cores\n\n' "$(nproc)"
printf 'Real grains, schedules and PostgreSQL; simulated agents that fail, vanish and come back. At the end an invariant checker that knows what the agents made: one point for each machine and Paris day on which its host was there, 30 days kept with their reasons, the last good one kept, no run twice.\n\n'
printf '| seed | machines | days | silos | killed | steps | points made | owed days | covered | failures | agents that vanished | mismatches found | wall clock |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n'
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nAll invariants held: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
