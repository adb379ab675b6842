# Disks: the size of blocks, and an incremental point against a full read of the same disk and against stock restic reading it; caches cold for root. Sourced by scripts/bench.sh.
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

printf '# Points of disks\n\n%s cores, load at the start %s; %s. Disks with a third to two fifths in use, caches cold before each backup.\n\n## The size of blocks: a disk of %s MiB, %s MiB changed\n\n' \
  "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$(restic version | head -1)" "$blocks" "$((blocks * changed / size > 0 ? blocks * changed / size : 1))"
"$images" blocks "$work" "$blocks" "$((blocks * changed / size > 0 ? blocks * changed / size : 1))"

# points WHAT TITLE: one disk's points, ours and restic's; then stock restic reads all of ours.
points() {
  printf '\n## A disk of %s MiB, %s MiB changed: %s\n\n' "$size" "$changed" "$2"
  "$images" "$1" "$work" "$size" "$changed"
  restic -q -r "$work/ours" check --read-data >"$work/out" 2>&1 || { cat "$work/out"; fail 'stock restic finds fault with what ours wrote'; }
  printf 'Stock restic reads the repository with all points and finds no fault (`check --read-data`).\n'
  rm -rf "$work/ours" "$work/disk.raw"
}

if [ "$(id -u)" = 0 ]; then
  points files 'a real file system'
else
  printf '\nA real file system was left out: mounting one takes root. What was read before may still be in memory, for the same reason.\n'
fi
points scattered 'a tenth of it single pages anywhere'
