# The kill -9 campaign, longer than the tests': BACKUPONLINE_KILLS kills of the agent and as many of the silo. Sourced by scripts/bench.sh.

export BACKUPONLINE_KILLS="${BACKUPONLINE_KILLS:-100}" BACKUPONLINE_AGENT="$ROOT/artifacts/agent/backuponline"
export BACKUPONLINE_SEED="${BACKUPONLINE_SEED:-$RANDOM}"
printf '# Chaos: %s kills of the agent, %s of the silo, seed %s\n\n' "$BACKUPONLINE_KILLS" "$BACKUPONLINE_KILLS" "$BACKUPONLINE_SEED"
cd "$ROOT"
dotnet test --project tests/System.Tests/System.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*KillTests' 2>&1 | sed 's/^/    /'
