# A million hostile variants for each parser of the engine. Sourced by scripts/bench.sh.

export BACKUPONLINE_FUZZ="${BACKUPONLINE_FUZZ:-1000000}"
cd "$ROOT"
log="$(dotnet test --project tests/Engine.Tests/Engine.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*ParserFuzzTests' 2>&1)" || true
printf '# Fuzzing: %s variants for each parser\n\n' "$BACKUPONLINE_FUZZ"
grep -E '^ +(total|failed|succeeded|duration):' <<<"$log" || sed 's/^/    /' <<<"$log"
grep -A3 -E '^failed ' <<<"$log" || true
