using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Hosts;

[GenerateSerializer, Immutable, Alias("bo.host.beat")]
public sealed record HostBeat
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public ImmutableArray<string> Capabilities { get; init; } = [];
}
