using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.BackupSets;

internal sealed partial class BackupSetGrain(
    IGrainContext context,
    [PersistentState(StateNames.BackupSet, RecordedStorage.Name)] IPersistentState<BackupSetState> store,
    TimeProvider clock,
    ILogger<BackupSetGrain> logger) : RecordedGrain<BackupSetState, BackupSetView>(store, clock), IBackupSetGrain, IScheduledGrain
{
    private static readonly TimeSpan ShortestRhythm = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRhythm = TimeSpan.FromDays(366);

    private BackupSetKey Key { get; } = BackupSetKey.Parse(context.GrainId.Key.ToString()!);

    public async Task<Reply<BackupSetView>> CreateAsync(CreateBackupSet request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckSet(request)) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "create", request.Vault, request.Host, request.ExpectedEvery);
        if (Recall(operation) is { } known) return known;
        if (Exists) return Refusal.Conflict("set-exists", $"There is a set '{Key.Set}' already. Choose another name.");
        if (request.Host is not null)
        {
            var host = await GrainFactory.Get(new HostKey(Key.Tenant, request.Host)).ReadAsync(cancellation);
            if (!host.Succeeded) return host.Refusal;
        }

        // Watching first: an arrival that is told before the set exists waits for this turn to end.
        var watched = await GrainFactory.Get(new VaultKey(Key.Tenant, request.Vault)).WatchAsync(new() { Set = Key.Set }, cancellation);
        if (!watched.Succeeded) return watched.Refusal;

        State.Tenant = Key.Tenant;
        State.Name = Key.Set;
        State.Vault = request.Vault;
        State.Host = request.Host;
        State.ExpectedEvery = request.ExpectedEvery;
        State.CreatedAt = Now;
        State.ChangedAt = State.CreatedAt;
        State.Operations.Remember(operation);
        Note(Key.Tenant, "set.created", request.Caller,
            ("vault", request.Vault), ("host", request.Host), ("expectedEvery", request.ExpectedEvery.ToString("c")));
        ExpectNext(State.LateAt);
        await SaveAsync();
        return Reply<BackupSetView>.Done(Shown!);
    }

    public Task<Reply<BackupSetView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is { } view ? Reply<BackupSetView>.Done(AsOfNow(view)) : Unknown.BackupSet);

    public async Task SnapshotArrivedAsync(SnapshotArrival arrival, string? host, CancellationToken cancellation)
    {
        if (!Exists || (State.Host is not null && State.Host != host)) return;
        if (State.LastSnapshotAt >= arrival.ReceivedAt) return;

        State.LastSnapshotAt = arrival.ReceivedAt;
        State.LastSnapshot = arrival.Snapshot;
        State.ChangedAt = Now;
        NoteFreshAgain(arrival);
        ExpectNext(State.LateAt);
        await SaveAsync();
        LogSnapshotSeen(Key, arrival.Snapshot);
    }

    protected override BackupSetView ToView(long version) => State.ToView(version, Now);

    private static Refusal? CheckSet(CreateBackupSet request) =>
        Check.Name(request.Vault, "vault")
        ?? (request.Host is null ? null : Check.Name(request.Host, "host"))
        ?? Check.That(
            request.ExpectedEvery >= ShortestRhythm && request.ExpectedEvery <= LongestRhythm,
            "rhythm-invalid", "A snapshot can be expected every hour at the most often and every 366 days at the least.");

    private BackupSetView AsOfNow(BackupSetView view) =>
        view with { Freshness = BackupSetState.FreshnessAt(view.CreatedAt, view.LastSnapshotAt, view.ExpectedEvery, Now) };
}
