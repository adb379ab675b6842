# What a shelf takes: packs over loopback without TLS, each hashed and stored in memory, against the shelf's own processor time. Sourced by scripts/bench.sh.
# BENCH_WARM_MIB as with the room engine.

need_command curl curl
. "$ROOT/benchmarks/engine/warm.sh"
work="$(mktemp -d /dev/shm/backuponline-ingest.XXXXXX)"
trap 'cool; rm -rf "$work"' EXIT
warm_up
export BACKUPONLINE_BENCH_OUT="$work/lines" TMPDIR="$work"
cd "$ROOT"
log="$(dotnet test --project tests/StorageNode.Tests/StorageNode.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*IngestBench' --explicit only 2>&1)" && passed=yes || passed=no
printf '# Ingest: a shelf on loopback, files in memory, %s cores, load at the start %s; %s MiB of memory kept warm\n\nSHA-256 verified, no TLS; the clients (curl) use the same cores. Goal: 700 MB per second of a core.\n\n| what | MB/s wall | MB per processor second of the shelf |\n|---|---|---|\n' \
  "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$warm_mib"
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nEverything was stored: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
