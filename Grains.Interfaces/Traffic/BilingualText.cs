namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>The same said in both languages of the product.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.text")]
public sealed record BilingualText
{
    [Id(0)] public required string Fr { get; init; }

    [Id(1)] public required string En { get; init; }
}
