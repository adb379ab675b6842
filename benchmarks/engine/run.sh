# Our agent against the machine's stock restic, and borg beside them: same corpora, same run, repositories in memory, source in the page cache.
# Sourced by scripts/bench.sh. BENCH_PAIRS (5) and BENCH_CORPORA ("small image random") make it shorter; benchmarks/README.md tells the method.

need_command borg borgbackup
need_command mke2fs e2fsprogs
[ -x /usr/bin/time ] || install_packages time
. "$ROOT/benchmarks/engine/corpora.sh"
. "$ROOT/benchmarks/engine/pairs.sh"

work="$(mktemp -d /dev/shm/backuponline-bench.XXXXXX)"
trap 'chmod -R u+rwx "$work"; rm -rf "$work"; cool' EXIT
. "$ROOT/benchmarks/engine/warm.sh"
dotnet build "$ROOT/benchmarks/images/Images.csproj" -c "$CONFIGURATION" -v quiet -nologo >&2
images="$ROOT/benchmarks/images/bin/$CONFIGURATION/net10.0/BackupOnline.Images"
warm_up
printf 'bench\n' >"$work/password"
export BACKUPONLINE_PASSWORD_FILE="$work/password" RESTIC_PASSWORD_FILE="$work/password" BACKUPONLINE_CONFIG="$work/none.json" XDG_CACHE_HOME="$work/cache"
export BORG_PASSPHRASE=bench BORG_BASE_DIR="$work/borg-home" BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes
agent="$ROOT/artifacts/agent/backuponline"
pairs="${BENCH_PAIRS:-5}"
corpora="${BENCH_CORPORA:-small image random}"

fresh='rm -rf "$work/a" "$work/b"; "$agent" -q -r "$work/a" init --yes >/dev/null 2>&1; restic -q -r "$work/b" init >/dev/null'
our_backup='"$agent" -q -r "$work/a" --no-extra-verify backup "$source"'
their_backup='restic -q -r "$work/b" backup "$source"'
our_verified='"$agent" -q -r "$work/a" backup "$source"'
fresh_borg='rm -rf "$work/c"; borg init -e repokey "$work/c" 2>/dev/null'
their_borg='borg create -C zstd,3 "$work/c::{utcnow}" "$source"'

printf '# Engine against %s and %s\n\n' "$(restic version | head -1)" "$(borg --version)"
printf '%s cores, load at the start %s; %s MiB of memory kept warm. Median of %s pairs; a ratio above 1 says how many times ours restic takes. Without verification before upload, as restic 0.14 has none.\n\n' \
  "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$warm_mib" "$pairs"

table() {
  printf '\n| corpus | operation | CPU s ours | restic | ratio | wall s ours | restic | ratio | MiB peak ours | restic | ours / restic |\n|---|---|---|---|---|---|---|---|---|---|---|\n'
}

for corpus in $corpora; do
  source="$work/$corpus"
  "make_$corpus"
  rm -f "$work/list"
  find "$source" -type f -exec cat {} + >/dev/null
  printf '\n## %s: %s files, %s\n' "$corpus" "$(find "$source" -type f | wc -l)" "$(du -sh --apparent-size "$source" | cut -f1)"
  table
  pair "$corpus" 'initial' "$fresh" "$our_backup" "$their_backup"
  sizes="$(du -sb "$work/a" | cut -f1) $(du -sb "$work/b" | cut -f1)"
  pair "$corpus" 'unchanged' ':' "$our_backup" "$their_backup"
  pair "$corpus" 'restore' ':' '"$agent" -q -r "$work/a" restore latest --target "$work/target"' 'restic -q -r "$work/b" restore latest --target "$work/target"' 'rm -rf "$work/target"'
  rm -rf "$work/target"
  pair "$corpus" 'check --read-data' ':' '"$agent" -q -r "$work/a" check --read-data' 'restic -q -r "$work/b" check --read-data'
  if [ "$corpus" != random ]; then
    cp -a "$work/a" "$work/a0"
    cp -a "$work/b" "$work/b0"
    [ "$corpus" != image ] || "$images" first "$work/k0" "$source/disk.raw"
    "change_$corpus"
    pair "$corpus" '5 % changed' 'rm -rf "$work/a" "$work/b"; cp -a "$work/a0" "$work/a"; cp -a "$work/b0" "$work/b"' "$our_backup" "$their_backup"
    if [ "$corpus" = image ]; then
      pair "$corpus" '5 % changed, which is known to ours (blocks)' 'rm -rf "$work/k" "$work/b"; cp -a "$work/k0" "$work/k"; cp -a "$work/b0" "$work/b"' \
        '"$images" known "$work/k" "$source/disk.raw" 20' "$their_backup"
      restic -q -r "$work/k" check --read-data >"$work/out" 2>&1 || { cat "$work/out"; fail 'stock restic finds fault with the points of the image'; }
      rm -rf "$work/k" "$work/k0"
    fi
    rm -rf "$work/a0" "$work/b0"
  fi
  if [ "$corpus" != random ] && "$agent" --help | grep -qE '^ +prune '; then
    cp -a "$work/a" "$work/a0"
    cp -a "$work/b" "$work/b0"
    pair "$corpus" 'prune' \
      'rm -rf "$work/a" "$work/b"; cp -a "$work/a0" "$work/a"; cp -a "$work/b0" "$work/b"; "$agent" -q -r "$work/a" forget --keep-last 1 >/dev/null; restic -q -r "$work/b" forget --keep-last 1 >/dev/null' \
      '"$agent" -q -r "$work/a" prune --max-unused 0 --grace 0' 'restic -q -r "$work/b" prune --max-unused 0'
    rm -rf "$work/a0" "$work/b0"
    restic -q -r "$work/a" check --read-data >"$work/out" 2>&1 || { cat "$work/out"; fail 'stock restic finds fault with what ours pruned'; }
    printf '\nStock restic finds no fault in what ours pruned.\n'
  fi
  awk '{ printf "\nRepository after the first backup: ours %d bytes, restic %d: %.3f.\n", $1, $2, $1 / $2 }' <<<"$sizes"
  printf '\n| corpus | beside | CPU s | wall s | MiB peak |\n|---|---|---|---|---|\n'
  alone "$corpus" 'ours, verified before upload' "$fresh" "$our_verified"
  alone "$corpus" 'borg, zstd,3' "$fresh_borg" "$their_borg"
  rm -rf "$source" "$work/a" "$work/b" "$work/c" "$work/cache"
done
