#!/usr/bin/env bash
# The whole service in the foreground: PostgreSQL (embedded), one silo with its shelf, and the door. Ctrl-C stops it.
# BACKUPONLINE_DATA (./data), BACKUPONLINE_HTTP (127.0.0.1:8080), BACKUPONLINE_STORAGE (127.0.0.1:8081), BACKUPONLINE_DB (embedded).
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"

export BACKUPONLINE_DATA="${BACKUPONLINE_DATA:-./data}"
export BACKUPONLINE_HTTP="${BACKUPONLINE_HTTP:-127.0.0.1:8080}"
export BACKUPONLINE_STORAGE="${BACKUPONLINE_STORAGE:-127.0.0.1:8081}"

need_dotnet
[ -n "${BACKUPONLINE_DB:-}" ] || need_postgresql
[ -n "${BACKUPONLINE_SKIP_BUILD:-}" ] || build
mkdir -p "$BACKUPONLINE_DATA"

stop() {
  trap - EXIT INT TERM
  # The door first: it asks the silo.
  for pid in "${door:-}" "${silo:-}"; do
    [ -z "$pid" ] || { kill -TERM "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; }
  done
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dotnet "$SILO_DLL" &
silo=$!
dotnet "$DOOR_DLL" &
door=$!

# Whichever ends first ends the other: half a service is none.
set +e
wait -n "$silo" "$door"
status=$?
set -e
exit "$status"
