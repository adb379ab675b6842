# Closing a month for 100 000 tenants, as the traffic office does it. Sourced by scripts/bench.sh.

export BACKUPONLINE_BENCH_OUT="$(mktemp)"
trap 'rm -f "$BACKUPONLINE_BENCH_OUT"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/Grains.Tests/Grains.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*ClosingBench' --explicit only 2>&1)" && passed=yes || passed=no
printf '# Closing a month, %s cores\n\nRead, ranked, written and told to the outbox in batches of 500; goal: under 120 s of processor time, product and PostgreSQL together.\n\n' "$(nproc)"
printf '| tenants | rows of samples | wall clock | product | PostgreSQL | together | sealed rows |\n|---|---|---|---|---|---|---|\n'
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nAll sealed, within the goal: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
