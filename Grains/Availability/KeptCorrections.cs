using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Availability;

namespace BackupOnline.Grains.Availability;

/// <summary>What reads need of the state, as it was last written.</summary>
internal sealed record KeptCorrections(ImmutableArray<CorrectionView> Items)
{
    public static KeptCorrections None { get; } = new([]);

    /// <summary>Those that begin in [from, until).</summary>
    public ImmutableArray<CorrectionView> In(DateTimeOffset from, DateTimeOffset until, bool afterSeal) =>
        [.. Items.Where(item => item.AfterSeal == afterSeal && item.From >= from && item.From < until)];
}
