# 200 random repositories that our engine and the machine's restic write by turns, judged by both, pruned by one of them, judged again. Sourced by scripts/bench.sh.

export BACKUPONLINE_REPOSITORIES="${BACKUPONLINE_REPOSITORIES:-200}"
cd "$ROOT"
log="$(dotnet test --project tests/Engine.Tests/Engine.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*MixedWriterTests' 2>&1)" || true
printf '# Mixed writers: ours and %s\n\n%s random repositories, half of them begun by each: three generations, everything read and restored by both, pruned by one, judged again, written to again, judged again.\n\n' \
  "$(restic version | cut -d' ' -f1,2)" "$BACKUPONLINE_REPOSITORIES"
grep -E '^ +(total|failed|succeeded):' <<<"$log" || sed 's/^/    /' <<<"$log"
grep -E '^failed ' <<<"$log" || true
