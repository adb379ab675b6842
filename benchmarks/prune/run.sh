# Real prunes killed at random moments, one or two at once, beside backups that save again what nothing needs any more. Sourced by scripts/bench.sh.

export BACKUPONLINE_PRUNE_ROUNDS="${BACKUPONLINE_PRUNE_ROUNDS:-100}" BACKUPONLINE_AGENT="$ROOT/artifacts/agent/backuponline" BACKUPONLINE_SEED="${BACKUPONLINE_SEED:-$RANDOM}"
cd "$ROOT"
log="$(dotnet test --project tests/Agent.Tests/Agent.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*PruneKillTests' 2>&1)" && passed=yes || passed=no
printf '# Prunes killed: %s rounds, seed %s\n\nAfter each, stock restic reads everything, and what was saved is restored and equal: %s.\n' "$BACKUPONLINE_PRUNE_ROUNDS" "$BACKUPONLINE_SEED" "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
