using System.Globalization;
using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.BackupSets;

/// <summary>An expected snapshot that does not arrive is told once per lapse, and again when one arrives (contract article 3.1: the service notices and says so).</summary>
internal sealed partial class BackupSetGrain
{
    private const string FreshnessKind = "set.freshness";

    private static Caller TheSchedule { get; } = new() { Operation = FreshnessKind, Actor = "silo" };

    private string FreshnessSchedule => $"set-freshness/{Key.Tenant}/{Key.Set}";

    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (!Exists || firing.Kind != FreshnessKind) return FiringOutcome.Ended;
        if (BackupSetState.FreshnessAt(State.CreatedAt, State.LastSnapshotAt, State.ExpectedEvery, Now) != Freshness.Late)
            return FiringOutcome.DoneUntil(State.LateAt);

        // Nothing follows until a snapshot arrives.
        if (State.OverdueSince is not null) return FiringOutcome.Ended;
        State.OverdueSince = State.LateAt;
        State.ChangedAt = Now;
        Note(Key.Tenant, "set.overdue", TheSchedule,
            ("vault", State.Vault),
            ("host", State.Host),
            ("expectedEvery", State.ExpectedEvery.ToString("c")),
            ("lastSnapshotAt", Text(State.LastSnapshotAt)));
        await SaveAsync();
        return FiringOutcome.Ended;
    }

    private void ExpectNext(DateTimeOffset lateAt) => Schedule(FreshnessSchedule, FreshnessKind, Key.Tenant, TimingSpec.Once, lateAt);

    // An old snapshot that was announced late may leave the set overdue.
    private void NoteFreshAgain(SnapshotArrival arrival)
    {
        if (State.OverdueSince is null || State.LateAt <= Now) return;
        Note(Key.Tenant, "set.fresh-again", TheSchedule, ("snapshot", arrival.Snapshot), ("overdueSince", Text(State.OverdueSince)));
        State.OverdueSince = null;
    }

    private static string? Text(DateTimeOffset? at) => at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
