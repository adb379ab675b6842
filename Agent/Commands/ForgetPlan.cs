using BackupOnline.Agent.Lines;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Rules.Retention;
using NodaTime;

namespace BackupOnline.Agent.Commands;

/// <summary>What forget keeps and removes of one group, both newest first. Pure.</summary>
internal sealed record ForgetPlan(SnapshotGroup Group, IReadOnlyList<(Snapshot Snapshot, KeptSnapshot Kept)> Keep, IReadOnlyList<Snapshot> Remove)
{
    /// <param name="group">The snapshots.</param>
    /// <param name="policy">An empty one keeps nothing: the caller has made sure that this is meant.</param>
    /// <param name="zone">Days are civil days of this zone.</param>
    public static ForgetPlan Make(SnapshotGroup group, KeepPolicy policy, DateTimeZone zone)
    {
        if (policy.IsEmpty)
            return new ForgetPlan(group, [], [.. group.Snapshots.OrderByDescending(snapshot => snapshot.Time)]);
        var byId = group.Snapshots.ToDictionary(snapshot => snapshot.Id.ToString(), StringComparer.Ordinal);
        var times = group.Snapshots.Select(snapshot =>
            new SnapshotTime(snapshot.Id.ToString(), Instant.FromDateTimeOffset(snapshot.Time)) { Tags = [.. snapshot.Tags ?? []] });
        var plan = KeepRule.Plan(times, zone, policy);
        return new ForgetPlan(group, [.. plan.Keep.Select(kept => (byId[kept.Snapshot.Id], kept))], [.. plan.Remove.Select(removed => byId[removed.Id])]);
    }

    public ForgetGroupLine ToLine() => new()
    {
        Host = Group.Host ?? "",
        Paths = Group.Paths,
        Tags = Group.Tags is { Count: > 0 } ? Group.Tags : null,
        Keep = Lines(Keep.Select(kept => kept.Snapshot)),
        Remove = Lines(Remove),
        Reasons = Keep.Count == 0 ? null : [.. Keep.Select(kept => KeepReasonLine.Of(SnapshotLine.Of(kept.Snapshot), kept.Kept))],
    };

    // restic writes null for a list without anything.
    private static List<SnapshotLine>? Lines(IEnumerable<Snapshot> snapshots) => snapshots.Select(SnapshotLine.Of).ToList() is { Count: > 0 } lines ? lines : null;
}
