# A part of the memory kept from the hypervisor: WarmMemory/HeldMemory.cs tells why. Sourced by run.sh. BENCH_WARM_MIB (three quarters of what is available, so that half of that serves; 0: none).

warm_up() {
  warm_mib="${BENCH_WARM_MIB:-$(awk '/^MemAvailable/ { print int($2 * 3 / 4096) }' /proc/meminfo)}"
  warm_id=
  [ "$warm_mib" -gt 0 ] || return 0
  dotnet build "$ROOT/benchmarks/engine/WarmMemory/WarmMemory.csproj" -c "$CONFIGURATION" -v quiet -nologo >&2
  mkfifo "$work/hold" "$work/ready"
  "$ROOT/benchmarks/engine/WarmMemory/bin/$CONFIGURATION/net10.0/BackupOnline.WarmMemory" "$warm_mib" <"$work/hold" >"$work/ready" &
  warm_id=$!
  exec 8>"$work/hold"
  read -r _ <"$work/ready" || fail 'the memory could not be kept warm'
}

# Ends it by closing its input.
cool() {
  [ -n "${warm_id:-}" ] || return 0
  exec 8>&-
  wait "$warm_id" || true
}
