using System.Diagnostics;
using System.Globalization;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

internal sealed class TrafficOfficeGrain(
    IGrainContext context,
    [PersistentState(StateNames.TrafficOffice, RecordedStorage.Name)] IPersistentState<TrafficOfficeState> store,
    SealedMonths sealedMonths,
    MonthSealer sealer,
    TimeProvider clock) : RecordedGrain<TrafficOfficeState, TrafficPolicyList>(store, clock), ITrafficOfficeGrain, IScheduledGrain
{
    /// <summary>The kind of the firing that closes months.</summary>
    public const string SealKind = "traffic.seal";

    private const int MostPolicies = 200;

    /// <summary>Tenants in one read and one write.</summary>
    private const int BatchSize = 500;

    /// <summary>What nodes' last reports within the grace may still need to be written, and what clocks of silos may differ.</summary>
    private static readonly Duration Margin = Duration.FromMinutes(5);

    /// <summary>One firing ends in time for its caller; what is left is due again at once.</summary>
    private static readonly TimeSpan WorkTime = TimeSpan.FromSeconds(4);

    private string cursor = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Exists) return;

        // The first life: from now on there is a schedule.
        State.Schedules.Add(new() { Id = "traffic-seal", Target = context.GrainId, Kind = SealKind, Scope = LogKey.Provider, NextDue = Now });
        await SaveAsync();
    }

    public Task<Reply<TrafficPolicyList>> PoliciesAsync(CancellationToken cancellation) => Task.FromResult(Reply<TrafficPolicyList>.Done(Shown!));

    public async Task<Reply<TrafficPolicyView>> SetPolicyAsync(SetTrafficPolicy request, CancellationToken cancellation)
    {
        var present = Table().MonthAt(Instant.FromDateTimeOffset(Now));
        var from = request.FromMonth is null ? present.Month.PlusMonths(1) : WireMaps.ParseMonth(request.FromMonth);
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500) ?? PolicyBounds.Check(request.Settings)) is { } wrong) return wrong;
        if (from is not { } month) return MonthRefusals.Malformed;
        if (month <= present.Month)
            return Refusal.Conflict("policy-not-ahead", $"Settings apply from a month that has not begun: from {present.Month.PlusMonths(1).Text()} at the earliest.");

        var operation = Operation.Of(request.Caller, "set-policy", request.FromMonth, request.Settings, request.Reason);
        if (Recall(operation, made => State.Policies.Find(policy => policy.Version == int.Parse(made!, CultureInfo.InvariantCulture))) is { } known) return known;
        if (!PolicyBounds.SharesEdge(request.Settings.Zone, month, Table()))
            return Refusal.Conflict("zone-edge-differs", "In this zone the month begins at another instant, so that slots would count twice or never. Choose a zone whose month begins at the same one.");
        if (State.Policies.Count >= MostPolicies) return Refusal.Conflict("too-many-policies", $"At most {MostPolicies} settings are kept.");

        var made = new TrafficPolicyView
        {
            Version = State.Policies.Count + 2,
            FromMonth = month.Text(),
            Settings = request.Settings,
            Reason = request.Reason,
            SetAt = Now,
        };
        State.Policies.Add(made);
        State.Operations.Remember(operation, ((long)made.Version).Text());
        Note(LogKey.Provider, "traffic.policy-set", request.Caller,
            ("version", made.Version), ("fromMonth", made.FromMonth), ("reason", request.Reason), ("settings", ListingJson.Write(request.Settings)));
        await SaveAsync();
        return Reply<TrafficPolicyView>.Done(made);
    }

    /// <summary>Closes every month whose time has come, oldest first, for all tenants that were there.</summary>
    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (firing.Kind != SealKind) return FiringOutcome.Failed($"The kind '{firing.Kind}' is not known here.");
        var policies = Table();
        var worked = Stopwatch.StartNew();
        while (worked.Elapsed < WorkTime)
        {
            var month = await NextOpenAsync(policies, cancellation);
            var due = month.End + policies.Of(month.Month).Grace + Margin;
            if (Instant.FromDateTimeOffset(Now) < due) return FiringOutcome.DoneUntil(due.ToDateTimeOffset());

            var tenants = await sealedMonths.OpenTenantsAsync(month.Month.Text(), month.End.ToDateTimeOffset(), cursor, BatchSize, cancellation);
            if (tenants.Count > 0)
            {
                await sealer.SealAsync(tenants, month, policies, cancellation);
                cursor = tenants[^1];
                continue;
            }

            State.LastClosed = month.Month.Text();
            await SaveAsync();
            cursor = "";
        }

        return FiringOutcome.DoneUntil(Now);
    }

    protected override TrafficPolicyList ToView(long version) => new() { Items = [PolicyTable.Original, .. State.Policies] };

    private PolicyTable Table() => new(Shown!.Items);

    private async Task<MeteringMonth> NextOpenAsync(PolicyTable policies, CancellationToken cancellation)
    {
        if (State.LastClosed is { } last) return policies.MonthOf(WireMaps.ParseMonth(last)!.Value.PlusMonths(1));
        return policies.MonthAt(Instant.FromDateTimeOffset(await sealedMonths.FirstTenantAtAsync(cancellation) ?? Now));
    }
}
