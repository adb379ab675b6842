namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.report-usage")]
public sealed record ReportUsage
{
    [Id(0)] public required string Node { get; init; }

    [Id(1)] public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>Bytes of visible objects; hidden ones are not billed (decision 17).</summary>
    [Id(2)] public required long StoredBytes { get; init; }

    [Id(3)] public required long StoredObjects { get; init; }
}
