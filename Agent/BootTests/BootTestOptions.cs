namespace BackupOnline.Agent.BootTests;

/// <summary>How a point is started for a test.</summary>
internal sealed record BootTestOptions
{
    /// <summary>MiB; default 1024.</summary>
    public int MemoryMiB { get; init; } = 1024;

    public int Processors { get; init; } = 1;

    /// <summary>From the start of the machine to a sign of life; default 10 minutes, since emulation is slow.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>tcg</c> works everywhere; <c>kvm</c> is many times faster where the host allows it.</summary>
    public string Accelerator { get; init; } = "tcg";

    /// <summary><c>virtio</c>, <c>sata</c>, <c>nvme</c> or <c>scsi</c>: what the guest has a driver for.</summary>
    public string Bus { get; init; } = "virtio";

    /// <summary>For machines that their host starts with a kernel of its own; null: from the first disk.</summary>
    public string? Kernel { get; init; }

    public string? Initrd { get; init; }

    /// <summary>The kernel's command line.</summary>
    public string? Append { get; init; }

    /// <summary>The machine is good when, and only when, this text comes on its serial line. Null: a login prompt there, or an answer of the guest agent.</summary>
    public string? Expected { get; init; }

    /// <summary>QEMU's program.</summary>
    public string Emulator { get; init; } = "qemu-system-x86_64";
}
