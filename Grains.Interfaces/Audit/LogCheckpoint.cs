namespace BackupOnline.Grains.Interfaces.Audit;

/// <summary>The log's head: whoever keeps one can later show that nothing before it was changed.</summary>
[GenerateSerializer, Immutable, Alias("bo.log.checkpoint")]
public sealed record LogCheckpoint
{
    /// <summary>The log's name: the tenant, or <c>provider</c>.</summary>
    [Id(0)] public required string Scope { get; init; }

    /// <summary>Number of the last entry; 0 for an empty log.</summary>
    [Id(1)] public required long Number { get; init; }

    /// <summary>Hash of the last entry, 64 lowercase hexadecimal digits; 64 zeros for an empty log.</summary>
    [Id(2)] public required string Hash { get; init; }
}
