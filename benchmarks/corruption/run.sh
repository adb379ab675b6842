# 10,000 random corruptions of a repository that restic and we wrote together, over every kind of object; 2,000 of packs, indexes and snapshots are repaired.
# Sourced by scripts/bench.sh.

export BACKUPONLINE_BENCH_OUT="$(mktemp)" BACKUPONLINE_CORRUPTIONS="${BACKUPONLINE_CORRUPTIONS:-10000}" BACKUPONLINE_REPAIRS="${BACKUPONLINE_REPAIRS:-2000}"
trap 'rm -f "$BACKUPONLINE_BENCH_OUT"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/Engine.Tests/Engine.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*CorruptionTests' 2>&1)" && passed=yes || passed=no
printf '# Corruption: %s cases\n\nBits turned over, ends cut off, blocks zeroed or exchanged, another object'"'"'s bytes, bytes more.\n\n| object | cases | found |\n|---|---|---|\n' "$BACKUPONLINE_CORRUPTIONS"
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nEach found by `check --read-data`, and each of a named object by its name alone: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
log="$(dotnet test --project tests/Engine.Tests/Engine.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*RepairCampaignTests' 2>&1)" && passed=yes || passed=no
printf '\n%s repaired: everything whole afterwards, nothing lost whose bytes were spared, no file changed that lost nothing: %s.\n' "$BACKUPONLINE_REPAIRS" "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
