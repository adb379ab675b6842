using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Jobs;

[GenerateSerializer, Immutable, Alias("bo.job.start")]
public sealed record StartJob
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required JobKind Kind { get; init; }

    [Id(2)] public required string Host { get; init; }

    [Id(3)] public required string Vault { get; init; }

    /// <summary>The host's append credential for the vault: a snapshot that it sends proves the run.</summary>
    [Id(4)] public string? KeyId { get; init; }
}
