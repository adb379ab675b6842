# Our agent against the machine's stock restic: same tree, same run, repositories in memory, source in the page cache. Median of five pairs.
# Sourced by scripts/bench.sh.

work="$(mktemp -d /dev/shm/backuponline-bench.XXXXXX)"
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
printf 'bench\n' >"$work/password"
export BACKUPONLINE_PASSWORD_FILE="$work/password" RESTIC_PASSWORD_FILE="$work/password" BACKUPONLINE_CONFIG="$work/none.json" XDG_CACHE_HOME="$work/cache"
ours="$ROOT/artifacts/agent/backuponline"
source="$work/source"
mkdir -p "$source"
{ find /usr/share /usr/lib -xdev -type f -size -256k -readable 2>/dev/null || true; } | head -20000 >"$work/list"
{ tar -C / -cf - --no-recursion -T "$work/list" 2>/dev/null || true; } | tar -C "$source" -xpf - 2>/dev/null || true
head -c 200000000 /dev/urandom >"$source/random.bin"

# CPU seconds (user and system) and wall seconds of a command, as "cpu wall".
cost() {
  local TIMEFORMAT='%U %S %R' times
  times="$({ time "$@" >/dev/null 2>&1; } 2>&1)"
  awk '{printf "%.2f %.2f\n", $1 + $2, $3}' <<<"$times"
}

pairs=5
row() { # row NAME PREPARE OURS THEIRS: the median ratio theirs / ours
  local cpu=() wall=() a b
  for _ in $(seq $pairs); do
    eval "$2"
    a="$(eval "cost $3")"
    b="$(eval "cost $4")"
    cpu+=("$(awk -v a="${a% *}" -v b="${b% *}" 'BEGIN {printf "%.2f", b / (a > 0 ? a : 0.01)}')")
    wall+=("$(awk -v a="${a#* }" -v b="${b#* }" 'BEGIN {printf "%.2f", b / (a > 0 ? a : 0.01)}')")
  done
  median() { printf '%s\n' "$@" | sort -n | sed -n "$(((pairs + 1) / 2))p"; }
  printf '| %s | %s | %s |\n' "$1" "$(median "${cpu[@]}")" "$(median "${wall[@]}")"
}

printf '# Engine against %s\n\n' "$(restic version | head -1)"
printf 'How many times the cost of ours stock restic takes (above 1 is better): median of %s pairs, %s files, %s, %s cores.\n\n' \
  "$pairs" "$(find "$source" -type f | wc -l)" "$(du -sh "$source" | cut -f1)" "$(nproc)"
printf '| operation | CPU | wall |\n|---|---|---|\n'
fresh='rm -rf "$work/a" "$work/b"; "$ours" -r "$work/a" init --yes >/dev/null 2>&1; restic -q -r "$work/b" init >/dev/null'
row 'initial backup' "$fresh" '"$ours" -r "$work/a" backup "$source"' 'restic --no-cache -r "$work/b" backup "$source"'
row 'unchanged' ':' '"$ours" -r "$work/a" backup "$source"' 'restic -r "$work/b" backup "$source"'
row 'restore' 'rm -rf "$work/ra" "$work/rb"' '"$ours" -r "$work/a" restore latest --target "$work/ra"' 'restic --no-cache -r "$work/b" restore latest --target "$work/rb"'
row 'check --read-data' ':' '"$ours" -r "$work/a" check --read-data' 'restic --no-cache -r "$work/b" check --read-data'
printf '\nRepository size: ours %s, restic %s.\n' "$(du -sb "$work/a" | cut -f1)" "$(du -sb "$work/b" | cut -f1)"
