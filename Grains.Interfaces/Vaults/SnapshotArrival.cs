namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A snapshot object that is durable on the shelf. Its content is sealed: the provider knows name, size, time and who sent it, nothing else.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.arrival")]
public sealed record SnapshotArrival
{
    /// <summary>SHA-256 of the object, 64 lowercase hexadecimal digits.</summary>
    [Id(0)] public required string Snapshot { get; init; }

    /// <summary>By the shelf's clock.</summary>
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }

    [Id(2)] public required long Bytes { get; init; }

    /// <summary>The credential that sent it, or null when the shelf no longer knows.</summary>
    [Id(3)] public string? KeyId { get; init; }
}
