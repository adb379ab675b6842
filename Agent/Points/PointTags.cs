using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Points;

/// <summary>Tags of a point's snapshot: how points are found without reading into snapshots, by our agent and by <c>restic snapshots --tag</c>.</summary>
internal static class PointTags
{
    public const string Hot = "hot";
    private const string EpochPrefix = "epoch:";

    public static IReadOnlyList<string> Of(IConsistentPoint point) => [Hot, $"vm:{point.Epoch.Machine}", EpochPrefix + point.Epoch, "consistency:" + PointWords.Of(point.Achieved)];

    /// <summary>The tag that all points of a machine have, whatever it is called.</summary>
    public static string OfMachine(string stableId) => $"vm:{Epoch.Of(stableId, 1).Machine}";

    /// <summary>Null when the snapshot is not a point.</summary>
    public static Epoch? EpochOf(IEnumerable<string>? tags) =>
        tags?.FirstOrDefault(tag => tag.StartsWith(EpochPrefix, StringComparison.Ordinal)) is { } tag ? Epoch.Parse(tag[EpochPrefix.Length..]) : null;
}
