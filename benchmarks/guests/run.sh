# The tests that boot emulated guests again and again: the suite of drivers, the fault matrix, the negative controls, restores, boot tests. Sourced by scripts/bench.sh.

need_vm_fixture
cd "$ROOT"
export BACKUPONLINE_AGENT="$ROOT/artifacts/agent/backuponline"
started=$SECONDS
log="$(dotnet test --project tests/Agent.Tests/Agent.Tests.csproj -c "$CONFIGURATION" --no-build --no-progress --filter-trait pace=long 2>&1)" && passed=yes || passed=no
printf '# Tests on emulated guests, %s cores, load at the start %s\n\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
sed -n 's/^ *\(total\|failed\|succeeded\|skipped\): *\([0-9]*\).*/* \1: \2/p' <<<"$log"
printf '* seconds: %s\n* all passed: %s\n' "$((SECONDS - started))" "$passed"
[ "$passed" = yes ] || sed 's/^/    /' <<<"$log"
