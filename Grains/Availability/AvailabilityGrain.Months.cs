using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Grains.Availability;

/// <summary>Months as they are read: provisional ones are judged each time, sealed ones are what was sealed.</summary>
internal sealed partial class AvailabilityGrain
{
    public async Task<Reply<AvailabilityMonthView>> MonthAsync(string month, CancellationToken cancellation)
    {
        if (MonthText.Parse(month) is not { } civil) return MonthText.Invalid;
        if (CivilMonth.In(civil, zone).Start > Instant.FromDateTimeOffset(Now))
            return Refusal.Invalid("month-in-future", "This month has not begun. Ask for one that has.");

        return Reply<AvailabilityMonthView>.Done(
            await SealedAsync(civil, cancellation) is { } report ? await WithLaterCorrectionsAsync(report, cancellation) : await JudgeAsync(civil, cancellation));
    }

    private async Task<AvailabilityMonthView?> SealedAsync(YearMonth month, CancellationToken cancellation) =>
        await seals.FindAsync(Key.Tenant, MonthText.Format(month), cancellation) is { } json ? ListingJson.Read<AvailabilityMonthView>(json) : null;

    // What was sealed stays; what came later stands beside it.
    private async Task<AvailabilityMonthView> WithLaterCorrectionsAsync(AvailabilityMonthView report, CancellationToken cancellation)
    {
        var later = (Shown ?? KeptCorrections.None).In(report.Start, report.End, afterSeal: true);
        var credits = report.InContract ? await GrainFactory.Get(new ContractKey(Key.Tenant)).CreditsAsync(cancellation) : null;
        var credit = credits?.Value?.Items.FirstOrDefault(item => item.Month == report.Month);
        return report with
        {
            Corrections = [.. report.Corrections, .. later],
            CreditSeconds = credit?.CreditSeconds ?? report.CreditSeconds,
            CorrectionSeconds = credit?.CorrectionSeconds ?? 0,
        };
    }

    private async Task<AvailabilityMonthView> JudgeAsync(YearMonth month, CancellationToken cancellation)
    {
        var span = CivilMonth.In(month, zone);
        var judgedUntil = JudgedUntil(span);
        var corrections = (Shown ?? KeptCorrections.None).In(span.Start.ToDateTimeOffset(), span.End.ToDateTimeOffset(), afterSeal: false);
        var question = await QuestionAsync(new(span.Start, judgedUntil), corrections, cancellation);
        var verdicts = MinuteRule.Judge(question);
        var outages = MinuteOutageRule.Of(question, verdicts);
        var counts = MinuteCountRule.Count(verdicts);
        var running = await RunningAsync(judgedUntil, cancellation);
        var owed = running is { } contract ? AvailabilityRule.Evaluate(month, contract, MinuteOutageRule.Attributable(outages), SlaPolicy.Default, zone) : null;
        var (active, down) = owed is null ? (counts.Counted * 60L, counts.Ours * 60L) : (owed.ActiveSeconds, owed.DownSeconds);
        return new()
        {
            Tenant = Key.Tenant,
            Month = MonthText.Format(month),
            TimeZone = zone.Id,
            Start = span.Start.ToDateTimeOffset(),
            End = span.End.ToDateTimeOffset(),
            JudgedUntil = judgedUntil.ToDateTimeOffset(),
            UpMinutes = counts.Up,
            DownMinutes = counts.Ours,
            UnprobedMinutes = counts.Unprobed,
            CustomerMinutes = counts.Customer,
            InternetMinutes = counts.Internet,
            ForceMajeureMinutes = counts.ForceMajeure,
            NotCountedMinutes = counts.NotCounted,
            AvailabilityPercent = active == 0 ? null : decimal.Round(100m * (active - down) / active, 4),
            ActiveSeconds = active,
            DownSeconds = down,
            CreditSeconds = owed?.CreditSeconds ?? 0,
            CorrectionSeconds = 0,
            BelowCommitment = owed?.BelowCommitment ?? (down * 100 > (100 - SlaPolicy.Default.CommitmentPercent) * active),
            InContract = owed is { ActiveSeconds: > 0 },
            Outages = [.. outages.Select(MonthViews.Of)],
            Days = [.. MinuteCountRule.PerDay(span.Start, verdicts, zone).Select(day => MonthViews.Of(day.Date, day.Counts))],
            Corrections = corrections,
        };
    }

    private async Task<MinuteQuestion> QuestionAsync(Interval span, ImmutableArray<CorrectionView> corrections, CancellationToken cancellation)
    {
        var owed = await ledger.VaultsAsync(Key.Tenant, cancellation);
        var runs = await ledger.RunsAsync(Key.Tenant, span.Start.ToDateTimeOffset(), span.End.ToDateTimeOffset(), cancellation);
        var suspensions = await GrainFactory.Get(new TenantKey(Key.Tenant)).SuspensionsAsync(cancellation);
        return MonthViews.Question(
            span,
            owed,
            runs,
            (suspensions.Value?.Items ?? []).Select(s => new Interval(Instant.FromDateTimeOffset(s.From), s.Until is { } until ? Instant.FromDateTimeOffset(until) : null)),
            corrections);
    }

    /// <summary>Minutes are judged once their results had time to come.</summary>
    private Instant JudgedUntil(Interval month)
    {
        var settled = MinuteRule.At(MinuteRule.Number(Instant.FromDateTimeOffset(Now - options.Value.JudgeAfter)));
        return Instant.Max(month.Start, Instant.Min(month.End, settled));
    }

    /// <summary>When the contract runs, up to <paramref name="until"/>; null without a contract that was ever paid for.</summary>
    private async Task<Interval?> RunningAsync(Instant until, CancellationToken cancellation)
    {
        var contract = (await GrainFactory.Get(new ContractKey(Key.Tenant)).ReadAsync(cancellation)).Value;
        if (contract?.FirstPaymentAt is not { } first) return null;
        var start = Instant.FromDateTimeOffset(first);
        var end = contract.Termination is { } termination ? Instant.Min(until, Instant.FromDateTimeOffset(termination.EndsAt)) : until;
        return new(start, Instant.Max(start, end));
    }
}
