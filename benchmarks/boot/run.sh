# Ten good and ten spoilt points of the test guest, each started from the repository: all verdicts must be right. Sourced by scripts/bench.sh. Needs x86_64 and QEMU.
# BENCH_BOOTS (10) and BENCH_BOOT_DEADLINE (90s; a good guest needs less than 20 s on a quiet machine) make it shorter.

need_command qemu-system-x86_64 qemu-system-x86
need_command debugfs e2fsprogs
fixture="$("$ROOT/tests/fixtures/vm/build.sh")"
work="$(mktemp -d /var/tmp/backuponline-boot.XXXXXX)"
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
printf 'bench\n' >"$work/password"
export BACKUPONLINE_PASSWORD_FILE="$work/password" BACKUPONLINE_REPOSITORY="$work/repository" BACKUPONLINE_CONFIG="$work/none.json" XDG_CACHE_HOME="$work/cache" BACKUPONLINE_LANG=en
agent="$ROOT/artifacts/agent/backuponline"
"$agent" -q init --yes >/dev/null 2>&1
append='console=ttyS0 quiet panic=-1 no_timer_check lpj=4000000 random.trust_cpu=on mitigations=off'
boots="${BENCH_BOOTS:-10}"
right=0
wrong=0

fresh() {
  rm -rf "$work/web01"
  mkdir "$work/web01"
  cp "$fixture/app.raw" "$work/web01/disk0.raw"
  truncate -s 16M "$work/web01/disk1.raw"
}

# run_guest SECONDS: the machine works for a while and loses its power, so that its journal has to be played.
run_guest() {
  timeout -s KILL "$1" qemu-system-x86_64 -accel tcg -machine q35 -m 128 -nodefaults -no-user-config -display none -kernel "$fixture/vmlinuz" -initrd "$fixture/initrd" -append "$append" \
    -serial null -drive "if=virtio,format=raw,file=$work/web01/disk0.raw" -drive "if=virtio,format=raw,file=$work/web01/disk1.raw" || true
}

# good 1 to 10: fresh disks, disks of other sizes, disks of a machine that lost its power.
good() {
  fresh
  case $(($1 % 3)) in
    0) truncate -s $((16 + $1))M "$work/web01/disk1.raw" ;;
    1) run_guest $((10 + $1)) ;;
    2) debugfs -w -R "mkdir made$1" "$work/web01/disk0.raw" 2>/dev/null ;;
  esac
}

bad() {
  fresh
  local disk="$work/web01/disk0.raw"
  case $1 in
    1) rm "$disk" && truncate -s 32M "$disk" ;;
    2) dd if=/dev/urandom of="$disk" bs=1024 seek=1 count=1 conv=notrunc status=none ;;
    3) (head -c 512 /dev/zero; cat "$fixture/app.raw") >"$disk" ;;
    4) dd if=/dev/urandom of="$disk" bs=1M count=32 conv=notrunc status=none ;;
    5) truncate -s 64K "$disk" ;;
    6) mv "$disk" "$work/web01/x" && mv "$work/web01/disk1.raw" "$disk" && mv "$work/web01/x" "$work/web01/disk1.raw" ;;
    7) rm "$work/web01/disk1.raw" ;;
    8) debugfs -w -R 'rm table.dat' "$disk" 2>/dev/null ;;
    9) debugfs -w -R 'clri <2>' "$disk" 2>/dev/null ;;
    10) debugfs -w -R 'rm journal.dat' "$disk" 2>/dev/null ;;
  esac
}

# verdict KIND NUMBER EXIT_CODE
verdict() {
  local code=0 line
  "$agent" -q backup "$work/web01" >/dev/null
  line="$("$agent" vm boot-test latest --memory 128 --deadline "${BENCH_BOOT_DEADLINE:-90s}" --expect 'writer: start ' --kernel "$fixture/vmlinuz" --initrd "$fixture/initrd" --append "$append" --picture "$work/picture.png" 2>&1)" || code=$?
  if [ "$code" = "$3" ]; then right=$((right + 1)); else wrong=$((wrong + 1)); fi
  printf '| %s %s | %s | %s |\n' "$1" "$2" "${line//|/ }" "$([ -s "$work/picture.png" ] && head -c 4 "$work/picture.png" | grep -q PNG && stat -c %s "$work/picture.png" || echo gone)"
  rm -f "$work/picture.png"
}

printf '# Boot tests of points\n\n%s cores, load at the start %s; emulation (TCG).\n\n| point | verdict | picture, bytes |\n|---|---|---|\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
for number in $(seq "$boots"); do
  good "$number"
  verdict good "$number" 0
  bad "$number"
  verdict bad "$number" 25
done
printf '\n%s verdicts right, %s wrong.\n' "$right" "$wrong"
[ "$wrong" = 0 ] || fail 'a verdict of the boot test is wrong'
