using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Vaults;

internal sealed record CreateVaultBody : CheckedBody
{
    [Name]
    public required string Name { get; init; }

    /// <summary>Bytes that the vault may hold, or null for its share of what the customer's quota leaves.</summary>
    [ByteCount]
    public long? QuotaBytes { get; init; }

    /// <summary>The storage node wanted; operators only.</summary>
    [Name]
    public string? Node { get; init; }

    /// <summary>True: the service makes and keeps the vault's key, so that it can forget and prune by itself. False (the default): the key is the customer's alone.</summary>
    public bool Hot { get; init; }
}
