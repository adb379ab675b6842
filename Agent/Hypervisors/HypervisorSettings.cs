namespace BackupOnline.Agent.Hypervisors;

/// <summary>What a hypervisor host is told in the table <c>[host]</c> of its file.</summary>
internal sealed record HypervisorSettings
{
    /// <summary><c>qemu</c> or <c>hyperv</c>; default: hyperv on Windows, else qemu.</summary>
    public required string Driver { get; init; }

    /// <summary>Folder for what guests overwrite while a point is open: on a disk with room, not the guests' own. Default <c>/var/lib/backuponline/scratch</c>.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Folder for what the Hyper-V driver remembers of each machine, and for outcomes that the service was not told yet; it survives a restart of the host. Default <c>state</c> beside <c>scratch</c>.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Folder in which restored machines are made, each in one of its own. Default <c>/var/lib/backuponline/restored</c>.</summary>
    public required string RestoreFolder { get; init; }

    /// <summary>qcow2, raw or vhdx. Default qcow2; with Hyper-V vhdx.</summary>
    public required string RestoreFormat { get; init; }
}
