using BackupOnline.Grains.Interfaces.Hosts;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>A simulated host and when it is away.</summary>
internal sealed record HotHost(string Name, IHostGrain Grain)
{
    public required IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Away { get; init; }

    public bool IsThere(DateTimeOffset at) => !Away.Any(away => at >= away.From && at < away.To);

    public bool IsThereAllOf(DateTimeOffset from, DateTimeOffset to) => !Away.Any(away => away.From < to && away.To > from);
}
