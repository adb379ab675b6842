using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.create")]
public sealed record CreateVault
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Bytes that the vault may hold, or null for all that the tenant's quota leaves.</summary>
    [Id(1)] public long? QuotaBytes { get; init; }

    /// <summary>The storage node wanted, or null to let the placement rule choose.</summary>
    [Id(2)] public string? Node { get; init; }

    /// <summary>Whether the provider makes and keeps the key, so that its storage side can forget and prune (decision 19).</summary>
    [Id(3)] public bool Hot { get; init; }
}
