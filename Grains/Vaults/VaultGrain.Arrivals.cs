using System.Collections.Immutable;
using System.Globalization;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Vaults;

/// <summary>
/// Arrivals are recorded in one write, and told after it, at least once (decision 24). Telling runs between turns, because those who are told may be
/// waiting for this grain at the moment; what they have been told is then noted on a turn of its own.
/// </summary>
internal sealed partial class VaultGrain
{
    private const int MaxAnnounced = 1000;

    /// <summary>After a failure to tell.</summary>
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(10);

    private readonly HashSet<UntoldArrival> told = [];
    private ImmutableArray<UntoldArrival> toTell = [];
    private ImmutableArray<string> watchers = [];
    private IGrainTimer? teller;
    private IGrainTimer? settler;

    public async Task<Reply<VaultView>> AnnounceSnapshotsAsync(AnnounceSnapshots request, CancellationToken cancellation)
    {
        if (CheckAnnouncement(request) is { } wrong) return wrong;
        if (WhyNotMine(request.Node) is { } elsewhere) return elsewhere;

        var known = await ledger.KnownAsync(Key.Tenant, Key.Vault, [.. request.Snapshots.Select(s => s.Snapshot)], cancellation);
        var fresh = request.Snapshots.Where(s => !known.Contains(s.Snapshot)).DistinctBy(s => s.Snapshot).ToList();
        if (fresh.Count == 0) return Reply<VaultView>.Repeated(Shown!);

        foreach (var arrival in fresh)
        {
            Record(arrival, request.Node);
        }

        await SaveAsync();
        TellSoon(TimeSpan.Zero);
        return Reply<VaultView>.Done(Shown!);
    }

    private static Refusal? CheckAnnouncement(AnnounceSnapshots request) =>
        Check.That(!request.Snapshots.IsDefault && request.Snapshots.Length <= MaxAnnounced, "too-many-snapshots", $"Announce at most {MaxAnnounced} snapshots at a time.")
        ?? Check.That(request.Snapshots.All(s => Check.IsHash(s.Snapshot)), "snapshot-invalid", "A snapshot's name is a SHA-256: 64 hexadecimal digits, lower case.")
        ?? Check.That(request.Snapshots.All(s => s.Bytes >= 0), "bytes-invalid", "A snapshot's size is 0 bytes or more.");

    private void Record(SnapshotArrival arrival, string node)
    {
        State.Arrivals.Add(new()
        {
            Tenant = Key.Tenant,
            Vault = Key.Vault,
            Snapshot = arrival.Snapshot,
            ReceivedAt = arrival.ReceivedAt,
            Bytes = arrival.Bytes,
            KeyId = arrival.KeyId,
        });
        State.SnapshotsArrived++;
        if (State.LastSnapshotAt is not { } last || arrival.ReceivedAt > last) State.LastSnapshotAt = arrival.ReceivedAt;

        var sender = new Caller { Operation = arrival.Snapshot, Actor = arrival.KeyId is null ? $"node:{node}" : $"credential:{arrival.KeyId}" };
        Note(Key.Tenant, "snapshot.arrived", sender,
            ("snapshot", arrival.Snapshot),
            ("bytes", arrival.Bytes),
            ("receivedAt", arrival.ReceivedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)));

        var waiting = State.Untold.Find(u => u.Arrival.KeyId == arrival.KeyId);
        if (waiting is not null && waiting.Arrival.ReceivedAt >= arrival.ReceivedAt) return;
        if (waiting is not null) State.Untold.Remove(waiting);
        State.Untold.Add(new(arrival, Find(arrival.KeyId)?.Host));
    }

    private void TellSoon(TimeSpan due)
    {
        teller ??= this.RegisterGrainTimer(
            TellAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        teller.Change(due, Timeout.InfiniteTimeSpan);
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        foreach (var untold in toTell.Except(told).ToList())
        {
            try
            {
                await TellSetsAsync(untold, cancellation);
                await TellRunsAsync(untold, cancellation);
                told.Add(untold);
            }
            catch (Exception fault)
            {
                LogTellingFailed(fault, Key, untold.Arrival.Snapshot);
            }
        }

        settler ??= this.RegisterGrainTimer(
            SettleAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        settler.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task TellSetsAsync(UntoldArrival untold, CancellationToken cancellation)
    {
        foreach (var set in watchers)
        {
            await GrainFactory.Get(new BackupSetKey(Key.Tenant, set)).SnapshotArrivedAsync(untold.Arrival, untold.Host, cancellation);
        }
    }

    // The host knows its open runs; a run knows by the sender's key id whether the snapshot is its own.
    private async Task TellRunsAsync(UntoldArrival untold, CancellationToken cancellation)
    {
        if (untold.Host is null) return;
        var host = await GrainFactory.Get(new HostKey(Key.Tenant, untold.Host)).ReadAsync(cancellation);
        foreach (var job in host.Value?.OpenJobs ?? [])
        {
            await GrainFactory.Get(new JobKey(Key.Tenant, job)).SnapshotArrivedAsync(untold.Arrival, cancellation);
        }
    }

    private async Task SettleAsync(CancellationToken cancellation)
    {
        var settled = State.Untold.RemoveAll(told.Contains);
        told.Clear();
        if (settled > 0) await SaveAsync();
        if (State.Untold.Count > 0) TellSoon(TellAgainAfter);
    }
}
