namespace BackupOnline.Agent.BootTests;

/// <summary>What machines say when they come up, or when they give up.</summary>
internal static class BootSigns
{
    /// <summary>Good, where nothing else is expected: getty asks who is there.</summary>
    public const string Login = " login:";

    /// <summary>Of kernels, initial file systems, boot loaders and systemd: none goes on from here by itself.</summary>
    public static readonly string[] GaveUp =
    [
        "Kernel panic - not syncing",
        "VFS: Unable to mount root fs",
        "grub rescue>",
        "You are in emergency mode",
        "(initramfs)",
        "BOOTMGR is missing",
        "Minimal BASH-like line editing is supported",
    ];

    /// <summary>Of SeaBIOS, on its own line for messages.</summary>
    public static readonly string[] NothingBootable = ["No bootable device", "Boot failed: not a bootable disk", "Boot failed: could not read the boot disk"];
}
