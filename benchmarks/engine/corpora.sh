# The three corpora, made from what the machine has, and their second generations. Sourced by run.sh; $work is a folder in memory.
# awk reads its input to the end: a reader that leaves early would end the writer, and with it the campaign.

# At most 118,000 files below 2 MiB of the machine's own software.
make_small() {
  mkdir -p "$work/small"
  { find /usr/share /usr/lib /usr/include /opt "${DOTNET_ROOT:-/usr/share/dotnet}" -xdev -type f -readable -size -2M 2>/dev/null || true; } |
    sort -u | awk 'NR <= 118000' >"$work/list"
  { tar -C / -cf - --no-recursion -T "$work/list" 2>/dev/null || true; } | tar -C "$work/small" -xpf - 2>/dev/null || true
}

# 5 % of the files get another byte at their end.
change_small() {
  find "$work/small" -type f | sort | awk 'NR % 20 == 0' | while IFS= read -r file; do printf 'x' >>"$file" || true; done
}

# An ext4 image of 3 GiB, three quarters full of binaries.
make_image() {
  local filled="$work/filled"
  mkdir -p "$work/image" "$filled"
  { find /usr/lib /usr/bin /usr/share -xdev -type f -readable -size +100k -size -200M -printf '%s %p\n' 2>/dev/null || true; } |
    sort -k2 | awk '{ sum += $1 } sum <= 2300000000 { sub(/^[0-9]+ /, ""); print }' >"$work/list"
  { tar -C / -cf - --no-recursion -T "$work/list" 2>/dev/null || true; } | tar -C "$filled" -xpf - 2>/dev/null || true
  truncate -s 3G "$work/image/disk.raw"
  mke2fs -q -t ext4 -d "$filled" "$work/image/disk.raw"
  rm -rf "$filled"
}

# 5 % of its extents of 1 MiB are written anew.
change_image() {
  local i
  for i in $(seq 0 20 3071); do
    dd if=/dev/urandom of="$work/image/disk.raw" bs=1M count=1 seek="$i" conv=notrunc status=none
  done
}

make_random() {
  mkdir -p "$work/random"
  head -c 1G /dev/urandom >"$work/random/random.bin"
}
