using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Hosts;

[GenerateSerializer, Immutable, Alias("bo.host.open-job")]
public sealed record OpenHostJob
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required JobKind Kind { get; init; }

    [Id(2)] public required string Vault { get; init; }
}
