using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Grains.Tenants;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Hosts;

/// <summary>Presence and open runs of a machine. Enrolment stands in a file of its own.</summary>
internal sealed partial class HostGrain(
    IGrainContext context,
    [PersistentState(StateNames.Host, RecordedStorage.Name)] IPersistentState<HostState> store,
    [PersistentState(StateNames.HostMachines, RecordedStorage.Name)] IPersistentState<HostMachinesState> machines,
    TimeProvider clock,
    ILogger<HostGrain> logger) : RecordedGrain<HostState, HostView>(store, clock), IHostGrain, IScheduledGrain
{
    private const int MaxCapabilities = 20;

    /// <summary>Presence is written no more often.</summary>
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    // Compared with while no secret or code exists, so that this takes the same time. No text is known to have this hash.
    private static readonly string NobodysHash = new('0', 64);

    private DateTimeOffset writtenAt;

    private HostKey Key { get; } = HostKey.Parse(context.GrainId.Key.ToString()!);

    public Task<Reply<HostView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is { } view ? Reply<HostView>.Done(AsOfNow(view)) : Unknown.Host);

    public Task<bool> AuthenticateAsync(string secretSha256, CancellationToken cancellation) =>
        Task.FromResult(SecretText.HashesEqual(State.SecretSha256 ?? NobodysHash, secretSha256) && State.SecretSha256 is not null);

    public async Task<Reply<HostView>> BeatAsync(HostBeat request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckCapabilities(request.Capabilities)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Host;
        if (State.EnrolledAt is null) return NotEnrolled;

        var changed = !request.Capabilities.IsEmpty && !request.Capabilities.SequenceEqual(State.Capabilities);
        if (changed) State.Capabilities = [.. request.Capabilities];
        State.LastSeenAt = Now;
        if (changed || State.LastSeenAt - writtenAt >= WriteEvery) await KeepAsync();
        else Show();
        return Reply<HostView>.Done(AsOfNow(Shown!));
    }

    public async Task<Reply<Interfaces.Jobs.JobView>> OpenJobAsync(OpenHostJob request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckOwnKind(request.Kind) ?? Check.Name(request.Vault, "vault")) is { } wrong) return wrong;
        if (!Exists) return Unknown.Host;
        if (State.EnrolledAt is null) return NotEnrolled;

        var operation = Operation.Of(request.Caller, "open-job", request.Kind, request.Vault);
        if (State.Operations.Find(operation) is { } known)
        {
            // The run itself knows whether this operation had started it: a crash may have come between.
            return known.Fingerprint == operation.Fingerprint ? await StartAsync(known.Made!, request, cancellation) : Operation.Reused;
        }

        if (await WhyClosedAsync(cancellation) is { } closed) return closed;
        var vault = await GrainFactory.Get(new VaultKey(Key.Tenant, request.Vault)).ReadAsync(cancellation);
        if (!vault.Succeeded) return vault.Refusal;

        // A host has one agent: if its run still stands open, the agent has started again, and goes on with the next attempt.
        if (State.OpenJobs.Find(job => job.Kind == request.Kind && job.Vault == request.Vault) is { } open)
        {
            var next = await KeepAndStartAsync(open, operation, request, cancellation);
            if (next.Succeeded ? next.Value.EndedAt is null : next.Refusal.Code != Jobs.JobWords.Ended) return next;
            State.OpenJobs.Remove(open);
        }

        return await KeepAndStartAsync(new(JobKey.NewId(Now), request.Kind, request.Vault), operation, request, cancellation);
    }

    public async Task JobEndedAsync(string job, CancellationToken cancellation)
    {
        if (State.OpenJobs.RemoveAll(open => open.Id == job) > 0) await KeepAsync();
    }

    protected override HostView ToView(long version) => State.ToView(version);

    private static Refusal NotEnrolled { get; } = Refusal.Conflict("host-not-enrolled", "This host is not enrolled. Enrol it with a one-time code.");

    private static Refusal? CheckCapabilities(ImmutableArray<string> capabilities) =>
        Check.That(!capabilities.IsDefault && capabilities.Length <= MaxCapabilities, "capabilities-invalid", $"At most {MaxCapabilities} capabilities.")
        ?? capabilities.Select(c => Check.Text(c, "capability", 1, 100)).FirstOrDefault(refusal => refusal is not null);

    private static Refusal? CheckOwnKind(Interfaces.Jobs.JobKind kind) => Check.That(
        kind is Interfaces.Jobs.JobKind.Backup or Interfaces.Jobs.JobKind.Restore or Interfaces.Jobs.JobKind.Check,
        "kind-invalid", "An agent opens runs of the kinds backup, restore and check by itself; all others are offered to it.");

    // The intent is written first: a repetition after a crash finds the same run.
    private async Task<Reply<Interfaces.Jobs.JobView>> KeepAndStartAsync(
        OpenJobState job, Operation operation, OpenHostJob request, CancellationToken cancellation)
    {
        if (!State.OpenJobs.Contains(job)) State.OpenJobs.Add(job);
        State.Operations.Remember(operation, job.Id);
        State.LastSeenAt = Now;
        await KeepAsync();
        return await StartAsync(job.Id, request, cancellation);
    }

    private Task<Reply<Interfaces.Jobs.JobView>> StartAsync(string job, OpenHostJob request, CancellationToken cancellation)
    {
        var start = new Interfaces.Jobs.StartJob
        {
            Caller = Operation.Further(request.Caller, "open"),
            Kind = request.Kind,
            Host = Key.Host,
            Vault = request.Vault,
            KeyId = request.Vault == State.Vault ? State.CredentialKeyId : null,
        };
        return GrainFactory.Get(new JobKey(Key.Tenant, job)).StartAsync(start, cancellation);
    }

    private async Task<Refusal?> WhyClosedAsync(CancellationToken cancellation)
    {
        var tenant = await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation);
        return tenant.Succeeded ? TenantGate.WhyNot(tenant.Value) : tenant.Refusal;
    }

    private HostView AsOfNow(HostView view) => view.CodeExpiresAt <= Now ? view with { CodeExpiresAt = null } : view;

    private async Task KeepAsync()
    {
        await SaveAsync();
        writtenAt = Now;
    }
}
