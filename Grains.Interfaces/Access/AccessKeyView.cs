namespace BackupOnline.Grains.Interfaces.Access;

/// <summary>An access key without its secret.</summary>
[GenerateSerializer, Immutable, Alias("bo.access.key")]
public sealed record AccessKeyView
{
    [Id(0)] public required string KeyId { get; init; }

    /// <summary>The tenant, or <c>provider</c>.</summary>
    [Id(1)] public required string Scope { get; init; }

    [Id(2)] public required AccessRole Role { get; init; }

    [Id(3)] public required string Label { get; init; }

    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(5)] public DateTimeOffset? RevokedAt { get; init; }

    [Id(6)] public DateTimeOffset? LastUsedAt { get; init; }
}
