namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>Something that stands against a backup of a machine, or weakens it.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.finding")]
public sealed record MachineFinding
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string Text { get; init; }
}
