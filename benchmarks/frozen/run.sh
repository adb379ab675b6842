# What a hot backup costs its guest: how long it is frozen, and how fast it writes while nobody reads the point. Sourced by scripts/bench.sh.

need_vm_fixture
export BACKUPONLINE_BENCH_OUT="$(mktemp)"
trap 'rm -f "$BACKUPONLINE_BENCH_OUT"' EXIT
cd "$ROOT"
log="$(dotnet test --project tests/Agent.Tests/Agent.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-class '*FrozenBench' --explicit only 2>&1)" && passed=yes || passed=no
printf '# A guest under hot backup, %s cores, load at the start %s\n\nOne processor under QEMU without KVM; goals: median at most 150 ms, writes within 10 %%.\n\n| what | figure |\n|---|---|\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
cat "$BACKUPONLINE_BENCH_OUT"
printf '\nMeasured: %s.\n' "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
