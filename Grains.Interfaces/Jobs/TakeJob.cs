using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>A host takes the next attempt of a run that was offered to it.</summary>
[GenerateSerializer, Immutable, Alias("bo.job.take")]
public sealed record TakeJob
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Host { get; init; }
}
