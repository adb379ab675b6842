# What a shelf takes: packs over loopback without TLS, each hashed and stored, against the shelf's own processor time. Sourced by scripts/bench.sh.

need_command curl curl
export BACKUPONLINE_BENCH_OUT="$(mktemp)" TMPDIR="$(mktemp -d /dev/shm/backuponline-ingest.XXXXXX)"
trap 'rm -rf "$BACKUPONLINE_BENCH_OUT" "$TMPDIR"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/StorageNode.Tests/StorageNode.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*IngestBench' --explicit only 2>&1)" && passed=yes || passed=no
printf '# Ingest: a shelf on loopback, files in memory, %s cores, load at the start %s\n\nSHA-256 verified, no TLS; the clients (curl) use the same cores. Goal: 700 MB per second of a core.\n\n| what | MB/s wall | MB per processor second of the shelf |\n|---|---|---|\n' \
  "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nEverything was stored: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
