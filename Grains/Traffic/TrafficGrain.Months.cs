using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>What the grain tells of a month.</summary>
internal sealed partial class TrafficGrain
{
    /// <summary>Names the month that runs.</summary>
    private const string Present = "current";

    public async Task<Reply<TrafficMonthView>> MonthAsync(string month, CancellationToken cancellation)
    {
        var (refusal, read) = await ReadAsync(month, cancellation);
        return read is null ? refusal! : Reply<TrafficMonthView>.Done(read.View);
    }

    public async Task<Reply<TrafficStatement>> StatementAsync(string month, CancellationToken cancellation)
    {
        var (refusal, read) = await ReadAsync(month, cancellation);
        if (read is null) return refusal!;

        ImmutableArray<CurvePoint> curve = [.. read.Measure.Top.Select(ToPoint)];
        var above = curve.Where(point => point.Bytes > read.View.LimitBytes).ToList();
        return Reply<TrafficStatement>.Done(new()
        {
            Month = read.View,
            Rule = StatementWords.Of(read.View, read.Measure),
            Curve = curve,
            Deciding = curve.Length > read.Measure.FreeSamples ? curve[read.Measure.FreeSamples] : null,
            JobsAbove = await SlotJobs.FindAsync(listings, Key.Tenant, above, read.View, cancellation),
            SealedDocument = read.Document,
        });
    }

    private static CurvePoint ToPoint(RankedSlot slot, int index) => new()
    {
        Position = index + 1,
        Slot = slot.Slot,
        StartsAt = TrafficSlot.Start(slot.Slot).ToDateTimeOffset(),
        Bytes = slot.Bytes,
        BitsPerSecond = (long)TrafficSlot.BitsPerSecond(slot.Bytes).Floor,
    };

    private async Task<(Refusal? Refusal, MonthReading? Reading)> ReadAsync(string text, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(Now);
        if (text != Present && WireMaps.ParseMonth(text) is null) return (MonthRefusals.Malformed, null);
        if (await TenantAsync(cancellation) is not { } owner) return (Unknown.Tenant, null);
        var policies = await book.ReadAsync(cancellation);
        var month = text == Present ? policies.MonthAt(now) : policies.MonthOf(WireMaps.ParseMonth(text)!.Value);
        var wanted = month.Month;
        if (now < month.Start) return (MonthRefusals.NotBegun, null);
        if (month.End <= Instant.FromDateTimeOffset(owner.CreatedAt)) return (MonthRefusals.BeforeTenant, null);

        var row = await months.SealedAsync(wanted, cancellation);
        var slots = row is null ? await months.SlotsAsync(month, cancellation) : null;
        var measure = row is null ? MonthRule.Measure(MeteringWindow.Of(month), slots!, policies.Of(wanted)) : SealedDocument.Read(row.Document);
        var forecast = row is null && now < month.End
            ? await ForecastAsync(month, slots!, owner.CreatedAt, now, policies, cancellation)
            : new MonthForecast(measure.P95Bytes, measure.P95Bytes, measure.VolumeBytes);
        var fixes = await months.CorrectionsAsync(wanted, cancellation);
        var (regime, provisional) = await months.RegimeAsync(wanted, policies, cancellation);
        var next = row is null
            ? MonthLedger.Next(regime, forecast.P95Bytes, forecast.VolumeBytes, wanted, policies).ToWire(provisional: true)
            : (await months.RegimeAsync(wanted.PlusMonths(1), policies, cancellation)).Regime.ToWire(provisional: false);
        var view = View(month, policies.Of(wanted), measure, forecast, row, fixes, now, (regime.ToWire(provisional), next));
        return (null, new(view, measure, row?.Document));
    }

    // The month before is asked too, so that the first days of a month have a week to go by.
    private async Task<MonthForecast> ForecastAsync(
        MeteringMonth month, IReadOnlyDictionary<long, SlotBytes> slots, DateTimeOffset since, Instant now, PolicyTable policies, CancellationToken cancellation)
    {
        var first = Math.Max(TrafficSlot.Of(now) - ExpectationRule.Week - 1, month.Previous.FirstSlot);
        var known = new Dictionary<long, SlotBytes>(slots);
        if (first < month.FirstSlot)
        {
            foreach (var sum in await samples.SumsAsync(Key.Tenant, (int)first, (int)month.FirstSlot, cancellation)) known[sum.Slot] = new(sum.InBytes, sum.OutBytes);
        }

        return ForecastRule.Look(month, known, Math.Max(TrafficSlot.Of(Instant.FromDateTimeOffset(since)), first), TrafficSlot.Of(now), policies.Of(month.Month));
    }

    private TrafficMonthView View(
        MeteringMonth month, TrafficPolicy policy, MonthMeasure measure, MonthForecast forecast, SealedMonthRow? row, IReadOnlyList<CorrectionRow> fixes, Instant now,
        (TrafficRegime Present, TrafficRegime Next) burst) => new()
        {
            Tenant = Key.Tenant,
            Month = month.Month.Text(),
            Zone = policy.Zone,
            StartsAt = month.Start.ToDateTimeOffset(),
            EndsAt = month.End.ToDateTimeOffset(),
            SealsAt = row?.SealedAt ?? (month.End + policy.Grace).ToDateTimeOffset(),
            Sealed = row is not null,
            PolicyVersion = policy.Version,
            Basis = (TrafficBasis)measure.Basis,
            Samples = measure.Samples,
            Elapsed = month.ElapsedAt(now),
            Rank = measure.Rank,
            FreeSamples = measure.FreeSamples,
            LimitKbps = policy.LimitKbps,
            LimitBytes = policy.LimitBytesPerSlot,
            P95Bytes = measure.P95Bytes,
            P95InBytes = measure.P95InBytes,
            P95OutBytes = measure.P95OutBytes,
            Series = measure.Series.Text(),
            Exceeded = measure.Exceeded,
            TotalInBytes = measure.TotalInBytes,
            TotalOutBytes = measure.TotalOutBytes,
            BusySlots = measure.BusySlots,
            CreditsUsed = measure.SamplesOverCap,
            CreditsLeft = measure.FreeSamples - measure.SamplesOverCap,
            NaiveBytes = forecast.NaiveBytes,
            ForecastBytes = forecast.P95Bytes,
            Burst = burst.Present,
            NextBurst = burst.Next,
            CorrectedP95Bytes = fixes.Count > 0 ? fixes[^1].P95Bytes : measure.P95Bytes,
            Corrections = [.. fixes.Select(fix => new TrafficCorrectionView { Number = fix.Number, Month = fix.Month, P95Bytes = fix.P95Bytes, Reason = fix.Reason, At = fix.At })],
            Override = Shown?.At(Now),
            Hash = row?.Hash,
        };

    private sealed record MonthReading(TrafficMonthView View, MonthMeasure Measure, string? Document);
}
