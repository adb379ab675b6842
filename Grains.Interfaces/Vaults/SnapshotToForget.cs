namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.snapshot-to-forget")]
public sealed record SnapshotToForget
{
    /// <summary>The whole name: SHA-256 of the object, 64 lowercase hexadecimal digits.</summary>
    [Id(0)] public required string Snapshot { get; init; }

    /// <summary>For the tenant's log, 1 to 200 characters: <c>out of the window of 30 days</c>.</summary>
    [Id(1)] public required string Reason { get; init; }
}
