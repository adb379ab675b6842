# A small virtual machine for the demo: QEMU without KVM and without root. Sourced after machine.sh and door.sh.

# vm_missing: why the machine cannot be had here; nothing when it can.
vm_missing() {
  [ "$(uname -m)" = x86_64 ] || { echo "the test guest is made for x86_64 only"; return; }
  command -v apt-get >/dev/null || { echo "its packages come from Debian or Ubuntu"; return; }
  local id
  id="$(. /etc/os-release && echo "$ID")"
  case "$id" in debian | ubuntu) ;; *) echo "no kernel package is known for $id"; return ;; esac
}

# Kernel and empty disk of the machine, the same as the tests'. Prints the folder.
vm_fixture() {
  need_vm_fixture
  "$ROOT/tests/fixtures/vm/build.sh"
}

# vm_start NAME FOLDER KERNEL_FOLDER CONTROL_PORT DISK DISK: starts a machine whose console goes to FOLDER/NAME.console; sets VM to its process.
vm_start() {
  local name="$1" folder="$2" fixture="$3" port="$4" app="$5" ring="$6"
  qemu-system-x86_64 -accel tcg -machine q35 -m 128 -smp 1 -nodefaults -no-user-config -display none -name "$name" \
    -uuid "$(vm_uuid "$folder" "$name")" \
    -kernel "$fixture/vmlinuz" -initrd "$fixture/initrd" -append "console=ttyS0 quiet panic=-1" -no-reboot \
    -serial "file:$folder/$name.console" \
    -qmp "unix:$folder/$name.qmp,server=on,wait=off" \
    -blockdev "driver=qcow2,node-name=app,discard=unmap,file.driver=file,file.filename=$app" -device virtio-blk-pci,id=disk0,drive=app,bootindex=1 \
    -blockdev "driver=qcow2,node-name=ring,discard=unmap,file.driver=file,file.filename=$ring" -device virtio-blk-pci,id=disk1,drive=ring \
    -device virtio-serial-pci \
    -chardev "socket,id=agent,path=$folder/$name.agent,server=on,wait=off" -device virtserialport,chardev=agent,name=org.qemu.guest_agent.0 \
    -chardev "socket,id=control,host=127.0.0.1,port=$port,server=on,wait=off" -device virtserialport,chardev=control,name=bo.control \
    >"$folder/$name.log" 2>&1 &
  VM=$!
}

# vm_ask PORT COMMAND: one line of the guest's program.
vm_ask() {
  local answer
  exec 8<>"/dev/tcp/127.0.0.1/$1" || fail "the guest's control port does not answer"
  printf '%s\n' "$2" >&8
  IFS= read -r -t 60 answer <&8 || fail "the guest did not answer '$2'"
  exec 8>&-
  printf '%s\n' "$answer"
}

# vm_says FOLDER NAME PATTERN: whether the console has a line of that pattern.
vm_says() { grep -q "$3" "$1/$2.console" 2>/dev/null; }

# vm_description FOLDER: what the host's file says of the machine web01, and of this host.
vm_description() {
  cat <<TOML
state_folder = "$1/state"

[host]
scratch = "$1/scratch"
restore = "$1/restored"

[[machine]]
id = "$(vm_uuid "$1" web01)"
name = "web01"
qmp = "$1/web01.qmp"
agent = "$1/web01.agent"
freeze_hooks = true
TOML
}

# vm_uuid FOLDER NAME: the machine's id, made once.
vm_uuid() {
  [ -e "$1/$2.uuid" ] || cat /proc/sys/kernel/random/uuid >"$1/$2.uuid"
  cat "$1/$2.uuid"
}
