using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using BackupOnline.Persistence.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>What operators and the calendar do to a tenant's traffic.</summary>
internal sealed partial class TrafficGrain
{
    /// <summary>Overrides that are kept; older ones stand in the log.</summary>
    private const int MostOverrides = 50;

    private const int MostCorrections = 50;

    private const long MostKbps = 100_000_000;

    public async Task<Reply<BurstOverrideView>> SetBurstAsync(SetBurst request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500)) is { } wrong) return wrong;
        if (await TenantAsync(cancellation) is null) return Unknown.Tenant;
        var operation = Operation.Of(request.Caller, "set-burst", request.BurstKbps, request.Reason);
        if (Recall(operation, made => State.Overrides.Find(one => one.SetAt.Ticks.Text() == made)) is { } known) return known;

        var (month, regime, policy) = await CurrentAsync(cancellation);
        if (request.BurstKbps is { } kbps && (kbps < policy.LimitKbps || kbps > MostKbps))
        {
            return Refusal.Invalid("burst-invalid", $"The burst must be from {policy.LimitKbps} to {MostKbps} kbit/s: backups are never held below the limit.");
        }

        // In conformity the burst outside the credits is what an override replaces.
        var present = Shown?.At(Now)?.BurstKbps ?? regime.Quiet?.CeilingKbps ?? regime.BurstKbps;
        var lowers = (request.BurstKbps ?? regime.BurstKbps) < present;
        var made = new BurstOverrideView
        {
            BurstKbps = request.BurstKbps,
            Reason = request.Reason,
            SetAt = Now,
            AppliesFrom = lowers ? month.End.ToDateTimeOffset() : Now,
        };
        State.Overrides.Add(made);
        if (State.Overrides.Count > MostOverrides) State.Overrides.RemoveAt(0);
        State.Operations.Remember(operation, made.SetAt.Ticks.Text());
        Note(Key.Tenant, request.BurstKbps is null ? "traffic.burst-released" : "traffic.burst-set", request.Caller,
            ("burstKbps", request.BurstKbps), ("reason", request.Reason), ("appliesFrom", made.AppliesFrom.ToString("O")));
        await SaveAsync();
        return Reply<BurstOverrideView>.Done(made);
    }

    public async Task<Reply<TrafficCorrectionView>> CorrectAsync(CorrectTraffic request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500) ?? Check.Bytes(request.P95Bytes, "percentile")) is { } wrong) return wrong;
        if (WireMaps.ParseMonth(request.Month) is not { } month) return MonthRefusals.Malformed;
        if (await TenantAsync(cancellation) is null) return Unknown.Tenant;
        var operation = Operation.Of(request.Caller, "correct", request.Month, request.P95Bytes, request.Reason);
        if (await corrections.MadeByAsync(Key.Tenant, operation.Id, cancellation) is { } known)
            return known.Month == request.Month && known.P95Bytes == request.P95Bytes && known.Reason == request.Reason
                ? Reply<TrafficCorrectionView>.Repeated(ToView(known))
                : Operation.Reused;
        if (await months.SealedAsync(month, cancellation) is not { } row) return MonthRefusals.NotSealed;

        var before = await months.CorrectionsAsync(month, cancellation);
        var counts = before.Count > 0 ? before[^1].P95Bytes : row.P95Bytes;
        if (request.P95Bytes >= counts)
        {
            return Refusal.Conflict("correction-not-in-favour", $"A correction is in the customer's favour only: the percentile must be below {counts} bytes.");
        }

        if (before.Count >= MostCorrections) return Refusal.Conflict("too-many-corrections", $"A month holds at most {MostCorrections} corrections.");

        var policies = await book.ReadAsync(cancellation);
        var (regime, _) = await months.RegimeAsync(month, policies, cancellation);
        var next = MonthLedger.Next(regime, request.P95Bytes, row.VolumeBytes, month, policies);
        var made = new CorrectionRow
        {
            Tenant = Key.Tenant,
            Month = request.Month,
            Number = before.Count + 1,
            P95Bytes = request.P95Bytes,
            StandingNext = (short)next.Standing,
            BurstNextKbps = next.BurstKbps,
            Reason = request.Reason,
            At = Now,
            Operation = operation.Id,
        };
        if (!await corrections.AddAsync(made, FactOf(request, counts), cancellation))
            return Refusal.Unavailable("correction-raced", "Another correction of this month was made at the same moment. Read the month, then try again.");
        current = null;
        GrainFactory.Get(new LogKey(Key.Tenant)).PokeAsync().Ignore();
        return Reply<TrafficCorrectionView>.Done(ToView(made));
    }

    /// <summary>Seals this tenant's month, as the office does for all: the same rule, the same row.</summary>
    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (firing.Kind != TrafficOfficeGrain.SealKind) return FiringOutcome.Failed($"The kind '{firing.Kind}' is not known here.");
        var policies = await book.ReadAsync(cancellation);
        var month = policies.MonthAt(Instant.FromDateTimeOffset(firing.DueAt)).Previous;
        if (Instant.FromDateTimeOffset(Now) < month.End + policies.Of(month.Month).Grace)
            return FiringOutcome.Failed($"The month {month.Month.Text()} is not to be sealed yet.");
        await sealer.SealAsync([Key.Tenant], month, policies, cancellation);
        months.MarkSealed(month.Month);
        current = null;
        return FiringOutcome.Done;
    }

    private static TrafficCorrectionView ToView(CorrectionRow row) =>
        new() { Number = row.Number, Month = row.Month, P95Bytes = row.P95Bytes, Reason = row.Reason, At = row.At };

    private FactRow FactOf(CorrectTraffic request, long before) => new()
    {
        Scope = Key.Tenant,
        Event = "traffic.corrected",
        At = Now,
        Actor = request.Caller.Actor,
        Subject = Key.ToString(),
        Address = request.Caller.Address,
        Details = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["month"] = request.Month,
            ["p95Bytes"] = request.P95Bytes.Text(),
            ["before"] = before.Text(),
            ["reason"] = request.Reason,
        },
    };
}
