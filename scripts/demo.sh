#!/usr/bin/env bash
# The product's main job on real data, from an empty machine to a compared restore: files of a customer (cold), and a running virtual machine (hot) where its
# packages can be had. Ends with 0 and a short report.
# --keep leaves the service running afterwards. Without BACKUPONLINE_DATA, _HTTP or _STORAGE it uses a folder and ports of its own.
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"
. "$(dirname "$0")/lib/door.sh"
. "$(dirname "$0")/lib/vm.sh"
. "$(dirname "$0")/lib/demo-vm.sh"

keep=
for argument in "$@"; do
  case "$argument" in
    --keep) keep=1 ;;
    *) fail "unknown argument $argument; usage: scripts/demo.sh [--keep]" ;;
  esac
done

need_dotnet
[ -n "${BACKUPONLINE_DB:-}" ] || need_postgresql
need_command curl curl
need_native_linker

started=$SECONDS
say "building (first time: a minute or two)"
build agent

work="$(mktemp -d "${TMPDIR:-/tmp}/backuponline-demo.XXXXXX")"
# Where PostgreSQL's own user can reach it, the database lies in the data folder.
chmod 711 "$work"
export BACKUPONLINE_DATA="${BACKUPONLINE_DATA:-$work/data}"
export BACKUPONLINE_MASTER_KEY_FILE="${BACKUPONLINE_MASTER_KEY_FILE:-$work/master.key}"
export BACKUPONLINE_HTTP="${BACKUPONLINE_HTTP:-127.0.0.1:$(free_port)}"
export BACKUPONLINE_STORAGE="${BACKUPONLINE_STORAGE:-127.0.0.1:$(free_port)}"
export BACKUPONLINE_CONFIG="$work/agent.json"
# The customer's own password. It never leaves this machine; the service cannot recover it.
printf 'a password that only the customer knows\n' >"$work/password"
chmod 600 "$work/password"
export BACKUPONLINE_PASSWORD_FILE="$work/password"
agent="$ROOT/artifacts/agent/backuponline"

service=
finish() {
  status=$?
  trap - EXIT
  end_vm
  if [ -n "$service" ] && { [ -z "$keep" ] || [ "$status" != 0 ]; }; then
    kill -TERM "$service" 2>/dev/null || true
    wait "$service" 2>/dev/null || true
  fi
  if [ "$status" != 0 ]; then
    printf 'The demo failed (exit code %s). What it left: %s\n' "$status" "$work" >&2
    tail -20 "$work/service.log" >&2 2>/dev/null || true
  elif [ -z "$keep" ]; then
    chmod -R u+rwx "$work/restored" "$work/source" 2>/dev/null || true
    rm -rf "$work"
  fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

say "starting the service: PostgreSQL, silo with shelf, door"
BACKUPONLINE_SKIP_BUILD=1 "$ROOT/scripts/up.sh" >"$work/service.log" 2>&1 &
service=$!
DOOR="http://$BACKUPONLINE_HTTP"
wait_for 90 "the service" http_ok "$DOOR/health/ready"
KEY="$(cat "$BACKUPONLINE_DATA/run/operator-key")"

tenant="demo-$(date +%s)"
say "tenant $tenant: made, terms accepted"
ask POST /tenants "{\"name\":\"$tenant\",\"displayName\":\"Boulangerie Martin SARL\",\"quotaBytes\":107374182400}" >/dev/null
for document in general-conditions specific-conditions; do
  text="$(printf 'The text of the %s, version 2026-01' "$document" | sha256sum | cut -d' ' -f1)"
  ask POST "/tenants/$tenant/acceptances" \
    "{\"document\":\"$document\",\"version\":\"2026-01\",\"textSha256\":\"$text\",\"acceptedBy\":\"Jeanne Martin\"}" >/dev/null
done
ask POST "/tenants/$tenant/vaults" '{"name":"main"}' >/dev/null
code="$(ask POST "/tenants/$tenant/hosts" '{"name":"office-pc","vault":"main"}' | field code)"
ask POST "/tenants/$tenant/sets" '{"name":"documents","vault":"main","host":"office-pc","expectedEvery":"1.00:00:00"}' >/dev/null

say "agent: enrolled, repository made"
BACKUPONLINE_CODE="$code" "$agent" enroll --server "$DOOR"
"$agent" init --yes

say "a real tree of at least 10 000 files"
make_tree "$work/source" 10500
printf '%s files, %s\n' "$(find "$work/source" -type f | wc -l)" "$(du -sh "$work/source" | cut -f1)" >&2

say "first backup"
"$agent" backup "$work/source"
first="$(stored_bytes "$tenant" main)"

say "some of it changes, second backup: only the change is sent"
change_tree "$work/source"
"$agent" backup "$work/source"
second="$(stored_bytes "$tenant" main)"
printf 'stored after the first backup: %s bytes; the second one added %s bytes\n' "$first" "$((second - first))" >&2
[ "$((second - first))" -lt "$((first / 4))" ] || fail "the second backup sent more than the change"

say "restored and compared, byte for byte, with metadata"
"$agent" restore latest --target "$work/restored"
compare_trees "$work/source" "$work/restored$work/source"

if command -v restic >/dev/null; then
  say "stock restic judges the same vault"
  credential="$(ask POST "/tenants/$tenant/vaults/main/credentials" '{"scope":"append","label":"stock restic"}')"
  RESTIC_REPOSITORY="$(printf '%s' "$credential" | field repository)"
  RESTIC_PASSWORD_FILE="$work/password"
  export RESTIC_REPOSITORY RESTIC_PASSWORD_FILE
  restic --no-cache check --read-data
  restic --no-cache restore latest --target "$work/restored-by-restic"
  compare_trees "$work/source" "$work/restored-by-restic$work/source"
  chmod -R u+rwx "$work/restored-by-restic" && rm -rf "$work/restored-by-restic"
else
  say "stock restic is not installed: its judgement is left out (apt-get install restic)"
fi

vm_report=
if reason="$(vm_missing)" && [ -z "$reason" ]; then
  demo_vm
  vm_report=", and a running machine: full, incremental, restored, started where its point was made"
else
  vm_report="; the virtual machine was LEFT OUT: $reason"
  say "virtual machine: left out ($reason)"
fi

say "the customer's own log"
ask GET "/tenants/$tenant/log?limit=200" | sed 's/},{/},\n{/g' |
  sed -n 's/.*"number":\([0-9]*\),"at":"\([^"]*\)","event":"\([^"]*\)","actor":"\([^"]*\)","subject":"\([^"]*\)".*/\1\t\2\t\3\t\5\t\4/p'

say "done in $((SECONDS - started)) s: backed up, changed, backed up again, restored, compared$vm_report"
if [ -n "$keep" ]; then
  printf 'The service runs: door %s (operator key in %s), shelf http://%s, dashboard %s/dashboard\nStop it with: kill %s\n' \
    "$DOOR" "$BACKUPONLINE_DATA/run/operator-key" "$BACKUPONLINE_STORAGE" "$DOOR" "$service" >&2
fi
