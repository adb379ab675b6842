using System.Globalization;

namespace BackupOnline.Agent.BootTests;

/// <summary>QEMU's command line for a machine that reaches nothing but its disks: no network, no device of the host, and no process of its own.</summary>
internal static class BootArguments
{
    public static IReadOnlyList<string> Of(BootTestOptions options, BootFolder folder, int disks)
    {
        List<string> arguments =
        [
            "-name", "backuponline-boot-test",
            "-accel", options.Accelerator,
            "-machine", "q35",
            "-cpu", options.Accelerator == "kvm" ? "host" : "max",
            "-m", options.MemoryMiB.ToString(CultureInfo.InvariantCulture),
            "-smp", options.Processors.ToString(CultureInfo.InvariantCulture),
            "-nodefaults", "-no-user-config", "-no-shutdown",
            "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
            "-nic", "none",
            "-display", "none",
            "-vga", "std",
            "-chardev", "stdio,id=serial,signal=off", "-serial", "chardev:serial",
            "-chardev", $"socket,id=qmp,path={Quoted(folder.Monitor)},server=on,wait=off", "-mon", "chardev=qmp,mode=control",
            "-chardev", $"file,id=bios,path={Quoted(folder.Firmware)}", "-device", "isa-debugcon,iobase=0x402,chardev=bios",
            "-device", "virtio-serial-pci",
            "-chardev", $"socket,id=ga,path={Quoted(folder.Agent)},server=on,wait=off", "-device", "virtserialport,chardev=ga,name=org.qemu.guest_agent.0",
        ];
        if (options.Bus == "scsi")
            arguments.AddRange(["-device", "virtio-scsi-pci"]);
        for (var number = 0; number < disks; number++)
            arguments.AddRange(["-drive", Drive(folder, number), "-device", Device(options.Bus, number)]);
        if (options.Kernel is { } kernel)
            arguments.AddRange(["-kernel", kernel]);
        if (options.Initrd is { } initrd)
            arguments.AddRange(["-initrd", initrd]);
        if (options.Append is { } append)
            arguments.AddRange(["-append", append]);
        return arguments;
    }

    /// <summary>Name of a disk's export.</summary>
    public static string ExportOf(int number) => string.Create(CultureInfo.InvariantCulture, $"disk{number}");

    // What the machine writes goes into a file that QEMU makes in TMPDIR and removes at once.
    private static string Drive(BootFolder folder, int number) =>
        $"if=none,id=drive{number},format=raw,snapshot=on,cache=unsafe,file.driver=nbd,file.server.type=unix,file.server.path={Quoted(folder.Nbd)},file.export={ExportOf(number)}";

    private static string Device(string bus, int number) => bus switch
    {
        "sata" => $"ide-hd,drive=drive{number},bus=ide.{number},bootindex={number + 1}",
        "nvme" => $"nvme,drive=drive{number},serial=disk{number},bootindex={number + 1}",
        "scsi" => $"scsi-hd,drive=drive{number},bootindex={number + 1}",
        _ => $"virtio-blk-pci,drive=drive{number},bootindex={number + 1}",
    };

    private static string Quoted(string path) => path.Replace(",", ",,", StringComparison.Ordinal);
}
