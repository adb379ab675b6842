namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>An opening of a hot vault's key by a person.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.opening")]
public sealed record KeyOpeningView
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required KeyOpeningStanding Standing { get; init; }

    [Id(2)] public required string Reason { get; init; }

    [Id(3)] public required string PublicKey { get; init; }

    /// <summary>Who asked, as the log names callers.</summary>
    [Id(4)] public required string RequestedBy { get; init; }

    [Id(5)] public required DateTimeOffset RequestedAt { get; init; }

    [Id(6)] public string? ApprovedBy { get; init; }

    [Id(7)] public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Exclusive: until then it can be agreed to, or, once it is agreed to, fetched.</summary>
    [Id(8)] public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Base64 of the libsodium sealed box to <see cref="PublicKey"/>; only in <see cref="KeyOpeningStanding.Sealed"/>.</summary>
    [Id(9)] public string? SealedKey { get; init; }
}
