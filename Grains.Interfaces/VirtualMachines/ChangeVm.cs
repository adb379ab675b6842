using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

[GenerateSerializer, Immutable, Alias("bo.vm.change")]
public sealed record ChangeVm
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The version that the caller read, or null to overwrite whatever is there.</summary>
    [Id(1)] public long? ExpectedVersion { get; init; }

    /// <summary>As in <see cref="CreateVm"/>.</summary>
    [Id(2)] public required string WindowStart { get; init; }

    [Id(3)] public required TimeSpan WindowLength { get; init; }

    [Id(4)] public required VmConsistency Wanted { get; init; }

    [Id(5)] public required bool AllowFallback { get; init; }

    [Id(6)] public required ImmutableArray<string> ExcludedDisks { get; init; }
}
