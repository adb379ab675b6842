# Shaping to the percent: a tenant at 100, 50 and 5 Mbit/s, two tenants on a full link, and what counting and shaping cost. Sourced by scripts/bench.sh.

export BACKUPONLINE_BENCH_OUT="$(mktemp)"
trap 'rm -f "$BACKUPONLINE_BENCH_OUT"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/StorageNode.Tests/StorageNode.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*RateBench' --explicit only 2>&1)" && passed=yes || passed=no
printf '# Rate: real sockets on loopback, %s cores\n\nBytes as a proxy before the shelf saw them, 10 s after a start of 2 s.\n\n| what | measured | error | allowed |\n|---|---|---|---|\n' "$(nproc)"
sort -t'|' -k2,2 "$BACKUPONLINE_BENCH_OUT"
printf '\nAll within what is allowed: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
