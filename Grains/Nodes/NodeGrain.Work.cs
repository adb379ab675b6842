using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Jobs;
using NodaTime;

namespace BackupOnline.Grains.Nodes;

/// <summary>
/// The queue of the node's worker (decision 20): at least once, with lease, back-off and deadline. Nothing is ever given up: what does not get done is an
/// incident in the logs of the tenant and of the provider, once, and is tried again at the longest back-off until it is.
/// </summary>
internal sealed partial class NodeGrain
{
    /// <summary>More would mean that nobody works; each is some 300 bytes of state.</summary>
    private const int MostWork = 5000;

    private const int MostAdvice = 1000;

    /// <summary>Somebody works on the vault: looked at again after so long.</summary>
    private static readonly TimeSpan WhenBusy = TimeSpan.FromMinutes(5);

    private static readonly JobPolicy Policy = JobPolicy.Default;

    /// <summary>Light work is asked for by somebody who waits.</summary>
    private static readonly JobPolicy LightPolicy = JobPolicy.Default with { BackOff = Duration.FromSeconds(5), MaxBackOff = Duration.FromMinutes(1) };

    private ImmutableArray<NodeWorkView> shownWork = [];

    private static Refusal NodeUnknown { get; } = Refusal.NotFound("node-not-found", "This node has not announced itself. Register it first.");

    private static Refusal LeaseLost { get; } = Refusal.Conflict("lease-lost", "This work is no longer yours. Leave it; what was done stays done.");

    public async Task<Reply<NodeWorkView>> EnqueueWorkAsync(EnqueueNodeWork request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckItem(request.Item)) is { } wrong) return wrong;
        if (!Exists) return NodeUnknown;
        if (FindWork(request.Item) is { } known)
        {
            if (known.LeaseEndsAt is null || known.WantedAgain) return Reply<NodeWorkView>.Repeated(known.ToView());
            return await KeepWorkAsync(known with { WantedAgain = true });
        }

        if (State.Work.Count >= MostWork)
        {
            return Refusal.Unavailable("node-queue-full", $"The queue of node '{Key.Node}' holds {MostWork} pieces of work. Look why its worker does not work.");
        }

        return await KeepWorkAsync(new() { Item = request.Item, EnqueuedAt = Now, NotBefore = Now });
    }

    public async Task<Reply<NodeWorkOffer>> LeaseWorkAsync(LeaseNodeWork request, CancellationToken cancellation)
    {
        if ((Check.Text(request.Boot, "boot", 1, 64)
            ?? Check.That(!request.Kinds.IsDefaultOrEmpty, "kinds-invalid", "Name the kinds of work that are wanted.")) is { } wrong)
        {
            return wrong;
        }

        if (!Exists) return NodeUnknown;

        var changed = GiveBackSilent(request.Boot) | TellOverdue();
        var next = State.Work
            .Where(work => work.LeaseEndsAt is null && work.NotBefore <= Now && request.Kinds.Contains(work.Item.Kind))
            .OrderBy(work => work.NotBefore).ThenBy(work => work.EnqueuedAt)
            .FirstOrDefault();
        if (next is null)
        {
            if (changed) await SaveAsync();
            return Reply<NodeWorkOffer>.Done(new());
        }

        var leased = next with { Attempt = ++State.WorkLeases, LeaseEndsAt = Now + Policy.Lease.ToTimeSpan(), Boot = request.Boot };
        return Reply<NodeWorkOffer>.Done(new() { Work = (await KeepWorkAsync(leased)).Value });
    }

    public async Task<Reply<NodeWorkView>> RenewWorkAsync(RenewNodeWork request, CancellationToken cancellation)
    {
        if (CheckItem(request.Item) is { } wrong) return wrong;
        if (FindLeased(request.Item, request.Attempt) is not { } work) return LeaseLost;
        return await KeepWorkAsync(work with { LeaseEndsAt = Now + Policy.Lease.ToTimeSpan() });
    }

    public async Task<Reply<NodeWorkView>> FinishWorkAsync(FinishNodeWork request, CancellationToken cancellation)
    {
        if ((CheckItem(request.Item) ?? Check.Known(request.Outcome, "outcome")
            ?? (request.Code is null ? null : Check.Text(request.Code, "code", 1, 100))) is { } wrong)
        {
            return wrong;
        }

        if (FindLeased(request.Item, request.Attempt) is not { } work) return LeaseLost;
        return request.Outcome switch
        {
            NodeWorkOutcome.Done => await EndAsync(work),
            NodeWorkOutcome.Busy => await KeepWorkAsync(work.Waiting(Now + WhenBusy) with { Code = request.Code, Advice = Shortened(request.Advice) }),
            _ => await KeepWorkAsync(Faulty(
                work with { Code = request.Code, Advice = Shortened(request.Advice) }, atOnce: request.Outcome == NodeWorkOutcome.NeedsOperator)),
        };
    }

    public Task<Reply<NodeWorkList>> WorkAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is null ? (Reply<NodeWorkList>)Unknown.Node : Reply<NodeWorkList>.Done(new() { Items = shownWork }));

    private static Refusal? CheckItem(NodeWorkItem item) =>
        Check.Known(item.Kind, "kind") ?? Check.Name(item.Tenant, "tenant") ?? Check.Name(item.Vault, "vault");

    private static JobPolicy PolicyOf(NodeWorkItem item) => item.Kind == NodeWorkKind.Keys ? LightPolicy : Policy;

    private static string? Shortened(string? advice) =>
        advice is null ? null : new string([.. advice.Take(MostAdvice).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]);

    private static string InWords(NodeWorkKind kind) => kind == NodeWorkKind.Keys ? "keys" : "prune";

    private NodeWorkState? FindWork(NodeWorkItem item) => State.Work.Find(work => work.Item == item);

    private NodeWorkState? FindLeased(NodeWorkItem item, int attempt) =>
        FindWork(item) is { LeaseEndsAt: not null } work && work.Attempt == attempt ? work : null;

    // The lease that was given to the worker's earlier start, or that was not renewed: its attempt counts as a fault.
    private bool GiveBackSilent(string boot)
    {
        var silent = State.Work.Where(work => work.LeaseEndsAt is { } end && (work.Boot != boot || end <= Now)).ToList();
        foreach (var work in silent)
        {
            Put(Faulty(work with { Code = "worker-silent", Advice = "The worker of the node ended in the middle of the work. It is tried again." }, atOnce: false, isSilent: true));
        }

        return silent.Count > 0;
    }

    private NodeWorkState Faulty(NodeWorkState work, bool atOnce, bool isSilent = false)
    {
        var faults = work.Faults + 1;
        var policy = PolicyOf(work.Item);

        // A worker that was killed goes on at once; one that is killed by this very work must not be killed all the time.
        var wait = isSilent && faults < policy.MaxAttempts ? TimeSpan.Zero : JobRule.BackOffAfter(faults, policy).ToTimeSpan();
        var waiting = work.Waiting(Now + wait) with { Faults = faults };
        return atOnce || faults >= policy.MaxAttempts ? Stuck(waiting) : waiting;
    }

    private bool TellOverdue()
    {
        var overdue = State.Work.Where(work => work.StuckSince is null && Now - work.EnqueuedAt >= PolicyOf(work.Item).Deadline.ToTimeSpan()).ToList();
        foreach (var work in overdue)
        {
            Put(Stuck(work));
        }

        return overdue.Count > 0;
    }

    private NodeWorkState Stuck(NodeWorkState work)
    {
        if (work.StuckSince is not null) return work;
        NoteWork("work.stuck", work, ("code", work.Code ?? "not-begun"), ("advice", work.Advice), ("faults", work.Faults));
        return work with { StuckSince = Now };
    }

    private async Task<Reply<NodeWorkView>> EndAsync(NodeWorkState work)
    {
        if (work.StuckSince is { } since) NoteWork("work.recovered", work, ("stuckSince", since.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        var ended = work.Waiting(Now) with { Faults = 0, StuckSince = null, Code = null, Advice = null, EnqueuedAt = Now };
        if (work.WantedAgain) return await KeepWorkAsync(ended);
        State.Work.RemoveAll(kept => kept.Item == work.Item);
        await SaveAsync();
        return Reply<NodeWorkView>.Done(ended.ToView());
    }

    private void NoteWork(string @event, NodeWorkState work, params (string Name, object? Value)[] details)
    {
        var node = new Caller { Operation = "work", Actor = $"node:{Key.Node}" };
        foreach (var scope in (ReadOnlySpan<string>)[work.Item.Tenant, LogKey.Provider])
        {
            Note(scope, @event, node, [("kind", InWords(work.Item.Kind)), ("tenant", work.Item.Tenant), ("vault", work.Item.Vault), .. details]);
        }
    }

    private async Task<Reply<NodeWorkView>> KeepWorkAsync(NodeWorkState work)
    {
        Put(work);
        await SaveAsync();
        return Reply<NodeWorkView>.Done(work.ToView());
    }

    private void Put(NodeWorkState work)
    {
        var at = State.Work.FindIndex(kept => kept.Item == work.Item);
        if (at < 0) State.Work.Add(work);
        else State.Work[at] = work;
    }
}
