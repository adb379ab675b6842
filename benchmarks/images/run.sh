# Disks: the size of blocks, and an incremental point against a full read of the same disk and against stock restic reading it. Sourced by scripts/bench.sh.
# BENCH_FOLDER (a folder with room: twice the disk) BENCH_MIB (10240) BENCH_CHANGED_MIB (50) BENCH_BLOCKS_MIB (2048) make it shorter; benchmarks/README.md tells the method.

cd "$ROOT"
dotnet build benchmarks/images/Images.csproj -c "$CONFIGURATION" -v quiet -nologo >&2
images="$ROOT/benchmarks/images/bin/$CONFIGURATION/net10.0/BackupOnline.Images"
work="$(mktemp -d "${BENCH_FOLDER:-/var/tmp}/backuponline-images.XXXXXX")"
trap 'rm -rf "$work"' EXIT
size="${BENCH_MIB:-10240}"
changed="${BENCH_CHANGED_MIB:-50}"
blocks="${BENCH_BLOCKS_MIB:-2048}"
export RESTIC_PASSWORD=bench RESTIC_CACHE_DIR="$work/cache"

printf '# Points of disks\n\n%s cores, load at the start %s; %s. Disks with two fifths in use.\n\n## The size of blocks: a disk of %s MiB, %s MiB changed\n\n' \
  "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$(restic version | head -1)" "$blocks" "$((blocks * changed / size > 0 ? blocks * changed / size : 1))"
"$images" blocks "$work" "$blocks" "$((blocks * changed / size > 0 ? blocks * changed / size : 1))"

printf '\n## A disk of %s MiB, %s MiB changed\n\n' "$size" "$changed"
"$images" point "$work" "$size" "$changed"
restic -q -r "$work/ours" check --read-data >"$work/out" 2>&1 || { cat "$work/out"; fail 'stock restic finds fault with what ours wrote'; }
printf 'Stock restic reads the repository with all points and finds no fault (`check --read-data`).\n'
rm -rf "$work/ours"

"$images" make "$work" "$size" "$changed"
restic -q -r "$work/theirs" init >/dev/null
restic -q -r "$work/theirs" backup "$work/disk.raw" >/dev/null
"$images" change "$work" "$size" "$changed"
started="$(date +%s.%N)"
restic -q -r "$work/theirs" backup "$work/disk.raw" >/dev/null
awk -v from="$started" -v to="$(date +%s.%N)" -v ours="$(cat "$work/incremental")" \
  'BEGIN { printf "\nStock restic takes %.2f s for its second backup of the same image with the same changes: ours takes 1/%.1f of that.\n", to - from, (to - from) / ours }'
