# Metering over real slots: three agents of two tenants push and restore through two nodes for over 15 minutes, a node is killed. Sourced by scripts/bench.sh.

export BACKUPONLINE_METERING_MINUTES="${BACKUPONLINE_METERING_MINUTES:-16}" BACKUPONLINE_AGENT="$ROOT/artifacts/agent/backuponline"
export BACKUPONLINE_BENCH_OUT="$(mktemp)"
trap 'rm -f "$BACKUPONLINE_BENCH_OUT"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/System.Tests/System.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*MeteringTests' 2>&1)" && passed=yes || passed=no
printf '# Metering: %s minutes of three agents of two tenants on two nodes\n\nThe samples against what proxies before the sockets counted; the totals were equal to the byte before the kill.\n\n| what | bytes | allowed |\n|---|---|---|\n' "$BACKUPONLINE_METERING_MINUTES"
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nAll as it must be: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
