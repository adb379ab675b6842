# Memory at size: many small files, all different, and one file of 200 GiB that is nearly all hole. Sourced by scripts/bench.sh.
# BENCH_FILES (5,000,000) and BENCH_SPARSE_GIB (200) say how much; it takes some 4 KiB of disk a file in BENCH_FOLDER (a folder of its own under TMPDIR).

[ -x /usr/bin/time ] || install_packages time
files="${BENCH_FILES:-5000000}"
gib="${BENCH_SPARSE_GIB:-200}"
work="$(mktemp -d "${BENCH_FOLDER:-${TMPDIR:-/tmp}}/backuponline-scale.XXXXXX")"
trap 'rm -rf "$work"' EXIT
printf 'bench\n' >"$work/password"
export BACKUPONLINE_PASSWORD_FILE="$work/password" BACKUPONLINE_CONFIG="$work/none.json" XDG_CACHE_HOME="$work/cache"
agent="$ROOT/artifacts/agent/backuponline"
repository="$work/repository"
"$agent" -q -r "$repository" init --yes >/dev/null 2>&1

# measure NAME COMMAND...: wall seconds, processor seconds, peak memory, and what of it is not the index.
measure() {
  local name="$1"
  shift
  /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; fail "failed: $name"; }
  tail -1 "$work/time" | awk -v name="$name" -v blobs="$blobs" \
    '{ index_mib = blobs * 60 / 1048576; printf "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |\n", name, $1, $2 + $3, $4 / 1024, index_mib, $4 / 1024 - index_mib }'
}

printf '# Memory at size\n\n%s files of 64 bytes in folders of 1,000, each different; one file of %s GiB with 64 MiB in it. The index is allowed 60 bytes a blob, the rest 300 MB, which is 286 MiB.\n\n' "$files" "$gib"
printf '| what | wall s | CPU s | MiB peak | MiB index at its budget | MiB beside it |\n|---|---|---|---|---|---|\n'

truncate -s "${gib}G" "$work/sparse"
for part in 1 2 3 4; do dd if=/dev/urandom of="$work/sparse" bs=1M count=16 seek=$((gib * 200 * part)) conv=notrunc status=none; done
blobs=50
measure 'sparse file: backup' "$agent" -q -r "$repository" backup "$work/sparse"
measure 'sparse file: restore' "$agent" -q -r "$repository" restore latest --target "$work/restored"
cmp "$work/sparse" "$work/restored$work/sparse" || fail 'the restored sparse file differs'
[ "$(du -m "$work/restored$work/sparse" | cut -f1)" -le 80 ] || fail 'the restored file takes more room than its holes leave'
rm -rf "$work/restored" "$work/sparse"

mkdir "$work/many"
for folder in $(seq 1 $((files / 1000))); do
  mkdir "$work/many/$folder"
  head -c 64000 /dev/urandom | split -b 64 -a 3 -d - "$work/many/$folder/f"
done
blobs=$((files + files / 1000))
measure 'many files: backup' "$agent" -q -r "$repository" backup "$work/many"
measure 'many files: unchanged' "$agent" -q -r "$repository" backup "$work/many"
measure 'many files: check --read-data' "$agent" -q -r "$repository" check --read-data
rm -rf "$work/many"
measure 'many files: restore' "$agent" -q -r "$repository" restore latest --target "$work/restored"
printf '\n%s files restored.\n' "$(find "$work/restored" -type f | wc -l)"
