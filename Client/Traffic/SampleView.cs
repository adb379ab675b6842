using BackupOnline.Persistence.Traffic;

namespace BackupOnline.Client.Traffic;

/// <summary>One node's bytes in one slot, within one boot of the node.</summary>
internal sealed record SampleView
{
    /// <summary>floor(unix seconds / 300).</summary>
    public required int Slot { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required string Node { get; init; }

    public required string Boot { get; init; }

    public required long InBytes { get; init; }

    public required long OutBytes { get; init; }

    public static SampleView Of(SampleRow row) => new()
    {
        Slot = row.Slot,
        StartsAt = DateTimeOffset.FromUnixTimeSeconds(row.Slot * 300L),
        Node = row.Node,
        Boot = row.Boot,
        InBytes = row.InBytes,
        OutBytes = row.OutBytes,
    };
}
