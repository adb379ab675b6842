namespace BackupOnline.Agent.Hypervisors;

/// <summary>What is made anew.</summary>
internal sealed record MachineRestoreRequest
{
    /// <summary>Name of the new machine: not one that exists.</summary>
    public required string Name { get; init; }

    /// <summary>Disks and their sizes in bytes, in the order of the point.</summary>
    public required IReadOnlyList<(string DiskId, long Size)> Disks { get; init; }

    /// <summary>The configuration files of the point.</summary>
    public IReadOnlyList<ConfigurationFile> Configuration { get; init; } = [];

    /// <summary>Folder for the images.</summary>
    public required string Folder { get; init; }

    /// <summary>qcow2, raw or vhdx.</summary>
    public required string Format { get; init; }
}
