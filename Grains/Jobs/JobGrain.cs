using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Live;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BackupOnline.Grains.Jobs;

/// <summary>The verbs of a run. <see cref="JobRule"/> decides; what follows from its events stands in the other file.</summary>
internal sealed partial class JobGrain(
    IGrainContext context,
    [PersistentState(StateNames.Job, RecordedStorage.Name)] IPersistentState<JobState> store,
    IOptions<JobOptions> options,
    LivePublisher live,
    TimeProvider clock,
    ILogger<JobGrain> logger) : RecordedGrain<JobState, JobView>(store, clock), IJobGrain, IRemindable
{
    private readonly JobPolicy policy = options.Value.ToPolicy();

    private JobKey Key { get; } = JobKey.Parse(context.GrainId.Key.ToString()!);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        WatchLease();
    }

    public async Task<Reply<JobView>> StartAsync(StartJob request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckStart(request)) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "start", request.Kind, request.Host, request.Vault, request.KeyId);
        if (Recall(operation) is { } known) return known;
        if (Exists && (State.Kind, State.Host, State.Vault) != (request.Kind, request.Host, request.Vault))
        {
            return Refusal.Conflict("job-differs", "This run is of another kind, host or vault. Open a new one.");
        }

        var decision = Decide(new JobCommand.Start(request.Kind == JobKind.Backup ? request.KeyId : null));
        if (decision.Refusal is { } refusal) return JobWords.ToRefusal(refusal);

        // Before the write: a lease that is written has somebody who watches it.
        await WakeRegularlyAsync();
        State.Tenant = Key.Tenant;
        State.Id = Key.Job;
        State.Kind = request.Kind;
        State.Host = request.Host;
        State.Vault = request.Vault;
        State.Operations.Remember(operation);
        await CarryOutAsync(decision, request.Caller);
        return Reply<JobView>.Done(Shown!);
    }

    public Task<Reply<JobView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is { } view ? Reply<JobView>.Done(view) : Unknown.Job);

    public async Task<Reply<JobView>> ReportAsync(ReportProgress request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckProgress(request.Progress)) is { } wrong) return wrong;

        var wasRunning = State.Run?.Standing == JobStanding.Running;
        var decision = Decide(new JobCommand.Report(request.Attempt));
        if (decision.Refusal is { } refusal) return JobWords.ToRefusal(refusal);

        State.Progress = request.Progress;
        if (wasRunning && Now - writtenAt < options.Value.ProgressWrittenEvery)
        {
            Apply(decision);
            Show();
        }
        else
        {
            await CarryOutAsync(decision, request.Caller);
        }

        live.Publish(JobProgress.StreamNamespace, Key.Job, State.Progress);
        return Reply<JobView>.Done(Shown!);
    }

    public async Task<Reply<JobView>> FinishAsync(FinishJob request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckFinish(request)) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "finish", request.Attempt, request.ExitCode, request.Snapshot, request.Message);
        if (Recall(operation) is { } known) return known;
        if (State.Vm is not null && VmOutcomes.Check(State.Kind, request, Now) is { } odd) return odd;

        var decision = Decide(new JobCommand.Finish(request.Attempt, request.ExitCode, request.Point?.Snapshot ?? request.Snapshot, RetryAfter(request)));
        if (decision.Refusal is { } refusal) return JobWords.ToRefusal(refusal);
        if (decision.Events.IsEmpty) return Reply<JobView>.Repeated(Shown!);

        State.Progress = request.Progress ?? State.Progress;
        State.Message = request.Message;
        if (State.Vm is not null)
        {
            // A word after the end has to be told as well: the alarm may have been switched off.
            if (State.Run!.HasEnded) await WakeRegularlyAsync();
            KeepOutcome(request);
        }

        State.Operations.Remember(operation);
        await CarryOutAsync(decision, request.Caller);
        return Reply<JobView>.Done(Shown!);
    }

    public async Task SnapshotArrivedAsync(SnapshotArrival arrival, CancellationToken cancellation)
    {
        var command = new JobCommand.SnapshotArrived(arrival.Snapshot, Instant.FromDateTimeOffset(arrival.ReceivedAt), arrival.KeyId);
        await CarryOutAsync(Decide(command), TheSilo);
    }

    protected override JobView ToView(long version) => State.ToView(version);

    private static Refusal? CheckStart(StartJob request) =>
        Check.That(request.Kind is JobKind.Backup or JobKind.Restore or JobKind.Check, "kind-invalid", "The kind must be one of: backup, restore, check.")
        ?? Check.Name(request.Host, "host")
        ?? Check.Name(request.Vault, "vault")
        ?? (request.KeyId is null ? null : Check.KeyId(request.KeyId, 'c'));

    private static Refusal? CheckFinish(FinishJob request) =>
        (request.Snapshot is null ? null : Check.Text(request.Snapshot, "snapshot", 1, 64))
        ?? Check.Text(request.Message, "message", 0, 500)
        ?? (request.Progress is null ? null : CheckProgress(request.Progress));

    private static Refusal? CheckProgress(JobProgress progress) => Check.That(
        long.Min(long.Min(progress.FilesDone, progress.FilesTotal), long.Min(progress.BytesDone, progress.BytesTotal)) >= 0
            && progress.BytesSent >= 0 && progress.Errors >= 0,
        "progress-invalid", "The numbers of a progress are 0 or more.");

    private JobDecision Decide(JobCommand command) => JobRule.Decide(State.Run, command, Instant.FromDateTimeOffset(Now), Policy);
}
