using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The first half of the two-person act by which a person gets a hot vault's key (decision 19).</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.request-opening")]
public sealed record RequestKeyOpening
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>For the tenant's log, 10 to 500 characters.</summary>
    [Id(1)] public required string Reason { get; init; }

    /// <summary>The person's own X25519 key, base64 of 32 bytes: only who has its other half reads what is sealed.</summary>
    [Id(2)] public required string PublicKey { get; init; }
}
