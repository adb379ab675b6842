# How the demo speaks to the door and judges a tree. Sourced after machine.sh; DOOR and KEY are set by the caller.

# ask METHOD PATH [BODY]: prints the answer; a refusal ends the script with the problem that the door gave.
ask() {
  local answer status
  # The key goes by a file descriptor: arguments are visible to everybody on the machine.
  answer="$(curl -sS --max-time 60 -X "$1" "$DOOR/api/v1$2" -H @<(printf 'Authorization: Bearer %s\n' "$KEY") \
    -H 'Content-Type: application/json' ${3:+--data "$3"} -w '\n%{http_code}')" || fail "the door did not answer $1 $2"
  status="${answer##*$'\n'}"
  answer="${answer%$'\n'*}"
  case "$status" in
    2??) printf '%s\n' "$answer" ;;
    *) fail "$1 $2 was answered $status: $answer" ;;
  esac
}

# field NAME: the first string or number of that name in the JSON on standard input.
field() { tr -d '\n' | sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\)\"\{0,1\}[,}].*/\1/p"; }

# stored_bytes TENANT VAULT: what the vault's objects take on the shelf's disk, config to packs.
stored_bytes() { du -sb --apparent-size "$BACKUPONLINE_DATA"/nodes/*/vaults/"$1/$2" | cut -f1; }

# make_tree FOLDER COUNT: real files of this machine until there are COUNT of them, with links, modes, times and odd names.
make_tree() {
  mkdir -p "$1"
  local list
  list="$(mktemp)"
  find /usr/share /usr/lib /etc -xdev -type f -size -256k -readable 2>/dev/null | head -"$2" >"$list" || true
  tar -C / -cf - --no-recursion -T "$list" 2>/dev/null | tar -C "$1" -xpf - 2>/dev/null || true
  rm -f "$list"
  head -c 20000000 /dev/urandom >"$1/video.bin"
  ln -s video.bin "$1/link to the video"
  ln "$1/video.bin" "$1/second name of the video"
  mkdir "$1/été à la plage"
  printf 'caf\xe9\n' >"$1/été à la plage/$(printf 'latin1-\xe9')"
  printf 'two\nlines\n' >"$1/été à la plage/$(printf 'two\nlines')"
  truncate -s 30M "$1/sparse.img"
  printf x | dd of="$1/sparse.img" bs=1 seek=20000000 conv=notrunc status=none
  chmod 640 "$1/sparse.img"
  touch -d '1969-07-20 20:17:40.123456789 UTC' "$1/link target of the past"
}

# Every hundredth file grows by a line, some go, some come, one block of the large file changes.
change_tree() {
  find "$1/usr" -type f | sort | awk 'NR % 100 == 0' | while IFS= read -r file; do printf 'changed\n' >>"$file"; done
  find "$1/usr" -type f | sort | awk 'NR % 500 == 7' | while IFS= read -r file; do rm -f "$file"; done
  mkdir -p "$1/new"
  for i in $(seq 50); do printf 'new file %s\n' "$i" >"$1/new/file-$i.txt"; done
  printf 'a changed block' | dd of="$1/video.bin" bs=1 seek=10000000 conv=notrunc status=none
}

# compare_trees ONE TWO: contents, then type, mode, owner, time, links and link targets of everything; fails with the differences.
compare_trees() {
  diff -r --no-dereference "$1" "$2" || fail "contents differ between $1 and $2"
  describe_tree "$1" >"$work/one.txt"
  describe_tree "$2" >"$work/two.txt"
  diff "$work/one.txt" "$work/two.txt" >&2 || fail "metadata differ between $1 and $2"
  printf '%s entries compared: contents and metadata are the same\n' "$(wc -l <"$work/one.txt")" >&2
}

# The root itself may have been touched by the copying: its content counts, not its time.
describe_tree() {
  (cd "$1" && find . -mindepth 1 \( -type d -printf '%P\t%y\t%m\t%U:%G\t%T@\n' -o -printf '%P\t%y\t%m\t%U:%G\t%T@\t%s\t%n\t%l\n' \)) | LC_ALL=C sort
}
