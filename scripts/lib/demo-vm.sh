# The demo's hot half: a running machine, backed up by the service through its host, changed, backed up again, restored, started. Sourced by demo.sh.
# Uses its variables work, agent, DOOR, KEY, tenant; sets guest, restored_guest and host_run for its end.

guest= restored_guest= host_run=

# wait_for_job JOB WHAT: until it has ended well.
wait_for_job() {
  local end=$((SECONDS + 180)) status=
  while [ $SECONDS -lt $end ]; do
    status="$(ask GET "/tenants/$tenant/jobs/$1" | field status)"
    case "$status" in
      succeeded | partial) return ;;
      failed) fail "$2 failed: $(ask GET "/tenants/$tenant/jobs/$1" | field message); the host's words: $(tail -5 "$work/host.log")" ;;
    esac
    sleep 1
  done
  fail "$2 did not end in time (it is $status); the host's words: $(tail -5 "$work/host.log")"
}

# numbers NAME: every value of that name in the JSON on standard input, one a line.
numbers() { grep -o "\"$1\": *[0-9]*" | grep -o '[0-9]*$'; }

sum() { awk '{ total += $1 } END { print total + 0 }'; }

# last_number CONSOLE WORD: the last number that the guest's program printed after "writer: WORD".
last_number() { sed -n "s/^.*writer: $2 \([0-9]*\).*/\1/p" "$1" | tail -1; }

demo_vm() {
  local fixture folder="$work/vm" port job first second point quiesced continued
  say "a virtual machine: made and started (QEMU, emulated: no KVM, no root)"
  fixture="$(vm_fixture)" || fail "the machine's kernel and disks could not be made"
  mkdir -p "$folder/scratch" "$folder/restored"
  qemu-img convert -O qcow2 "$fixture/app.raw" "$folder/app.qcow2"
  qemu-img create -q -f qcow2 "$folder/ring.qcow2" 256M
  port="$(free_port)"
  vm_start web01 "$folder" "$fixture" "$port" "$folder/app.qcow2" "$folder/ring.qcow2"
  guest=$VM
  wait_for 120 "the machine" vm_says "$folder" web01 'writer: start'
  # Something to back up beside the running application.
  vm_ask "$port" "f 16 64" >/dev/null

  say "its host: enrolled, at work; the vault's key is the service's, sealed for this host"
  ask POST "/tenants/$tenant/vaults" '{"name":"hot","hot":true}' >/dev/null
  code="$(ask POST "/tenants/$tenant/hosts" '{"name":"hypervisor","vault":"hot"}' | field code)"
  export BACKUPONLINE_CONFIG="$work/host.json" BACKUPONLINE_HYPERVISOR="$folder/hypervisor.toml"
  unset BACKUPONLINE_PASSWORD_FILE RESTIC_REPOSITORY RESTIC_PASSWORD_FILE
  vm_description "$folder" >"$BACKUPONLINE_HYPERVISOR"
  BACKUPONLINE_CODE="$code" "$agent" enroll --server "$DOOR"
  "$agent" vm list >&2 || true
  "$agent" host run >"$work/host.log" 2>&1 &
  host_run=$!
  machine="$(grep -o '^id *= *"[^"]*"' "$BACKUPONLINE_HYPERVISOR" | cut -d'"' -f2)"
  ask POST "/tenants/$tenant/vms" \
    "{\"name\":\"web01\",\"host\":\"hypervisor\",\"machineId\":\"$machine\",\"vault\":\"hot\",\"windowStart\":\"20:00\",\"windowLength\":\"06:00:00\"}" >/dev/null

  say "hot backup: full"
  job="$(ask POST "/tenants/$tenant/vms/web01/jobs" | field id)"
  wait_for_job "$job" "the full backup"
  first="$(ask GET "/tenants/$tenant/vms/web01/recovery-points?limit=1")"

  say "8 MiB change inside the guest; hot backup: incremental"
  vm_ask "$port" "f 24 8" >/dev/null
  job="$(ask POST "/tenants/$tenant/vms/web01/jobs" | field id)"
  wait_for_job "$job" "the incremental backup"
  second="$(ask GET "/tenants/$tenant/vms/web01/recovery-points?limit=1")"
  quiesced="$(last_number "$folder/web01.console" quiesced)"
  printf 'read from the running machine: %s bytes for the full point, %s for the incremental one; the guest was frozen for %s ms\n' \
    "$(numbers bytesRead <<<"$first" | sum)" "$(numbers bytesRead <<<"$second" | sum)" "$(numbers frozenMilliseconds <<<"$second" | head -1)" >&2
  [ "$(numbers bytesRead <<<"$second" | sum)" -lt "$((32 << 20))" ] || fail "the incremental backup read more than about what had changed: $second"
  point="$(field snapshot <<<"$second")"

  say "restored as a new machine, and started: it must go on where the point was made"
  job="$(ask POST "/tenants/$tenant/vms/web01/restores" "{\"snapshot\":\"$point\",\"name\":\"web01-restored\",\"folder\":\"$folder/restored\",\"format\":\"qcow2\"}" | field id)"
  wait_for_job "$job" "the restore"
  # The original runs on; the new one has disks, console and ports of its own.
  mapfile -t disks < <(find "$folder/restored/web01-restored" -name '*.qcow2' | LC_ALL=C sort)
  vm_start web01-restored "$folder" "$fixture" "$(free_port)" "${disks[0]}" "${disks[1]}"
  restored_guest=$VM
  wait_for 120 "the restored machine" vm_says "$folder" web01-restored 'writer: start'
  continued="$(last_number "$folder/web01-restored.console" start)"
  [ "$continued" = "$quiesced" ] || fail "the restored machine goes on at $continued, the point was made at $quiesced"
  printf 'the point was made at number %s; the restored machine goes on at %s; the original is at %s\n' "$quiesced" "$continued" "$(vm_ask "$port" s)" >&2
}

# Ends what the hot half started, by process id.
end_vm() {
  local process
  for process in $host_run $restored_guest $guest; do
    kill -TERM "$process" 2>/dev/null || continue
    wait "$process" 2>/dev/null || true
  done
}
