using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>A restore, an audit or a boot test that has not ended.</summary>
internal sealed record VmWorkState
{
    public required string Job { get; init; }

    public required JobKind Kind { get; init; }

    public required string Snapshot { get; init; }

    public string? Disk { get; init; }

    public VmRestoreOrder? Restore { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required string Reason { get; init; }

    /// <summary>As in <see cref="VmRunState.Queued"/>.</summary>
    public bool Queued { get; init; }
}
