namespace BackupOnline.Agent.Points;

/// <summary>What a recovery point is, as <c>point.json</c> beside its disks: all that a later run, a restore or a person needs to know, readable with stock restic.</summary>
internal sealed record PointDescription
{
    /// <summary>Name of the file in the machine's folder of the snapshot.</summary>
    public const string FileName = "point.json";

    /// <summary>Grows when a reader of an older version would misunderstand.</summary>
    public const int PresentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The hypervisor's own id of the machine.</summary>
    public required string MachineId { get; init; }

    /// <summary>The machine's name at that time.</summary>
    public required string MachineName { get; init; }

    /// <summary>Driver that made the point: qemu, hyperv.</summary>
    public required string Driver { get; init; }

    /// <summary>The service's job that ordered it; null when it was made by hand.</summary>
    public string? Job { get; init; }

    /// <summary>The consistency instant, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Epoch { get; init; }

    /// <summary>crash, fileSystem or application.</summary>
    public required string Consistency { get; init; }

    /// <summary>Why the consistency is less than was wanted; null when it is not.</summary>
    public string? FallbackReason { get; init; }

    public required double FrozenMilliseconds { get; init; }

    public required IReadOnlyList<PointDiskDescription> Disks { get; init; }

    /// <summary>Names of the configuration files beside this one.</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];

    /// <summary>Disks that are not in the point, each with its reason.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
