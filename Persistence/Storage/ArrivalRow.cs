namespace BackupOnline.Persistence.Storage;

/// <summary>One snapshot object that arrived in a vault: the proof of a backup. A name is recorded once.</summary>
public sealed record ArrivalRow
{
    public required string Tenant { get; init; }

    public required string Vault { get; init; }

    /// <summary>SHA-256 of the object, 64 lowercase hexadecimal digits.</summary>
    public required string Snapshot { get; init; }

    /// <summary>By the shelf's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required long Bytes { get; init; }

    public string? KeyId { get; init; }
}
