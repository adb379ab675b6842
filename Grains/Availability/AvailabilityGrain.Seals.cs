using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Grains.Availability;

/// <summary>
/// Sealing: the month's row is written first and for ever, then the contract is told, then the state moves on. Whatever breaks in between is done again
/// from the row.
/// </summary>
internal sealed partial class AvailabilityGrain
{
    private const string Seal = "availability.seal";

    private static readonly Caller Sealer = new() { Operation = "seal", Actor = "silo" };

    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (firing.Kind != Seal) return FiringOutcome.Failed($"Availability knows no '{firing.Kind}'.");
        if (!Exists) return FiringOutcome.Ended;

        while (NextSealAt <= Now)
        {
            if (await SealAsync(MonthText.Parse(State.NextMonth)!.Value, cancellation) is { } refusal)
            {
                LogNotSealed(Key, State.NextMonth, refusal.Code);
                return FiringOutcome.Failed($"{refusal.Code}: {refusal.Advice}");
            }
        }

        return FiringOutcome.DoneUntil(NextSealAt);
    }

    private DateTimeOffset NextSealAt => CivilMonth.In(MonthText.Parse(State.NextMonth)!.Value, zone).End.ToDateTimeOffset() + options.Value.SealAfter;

    private void ScheduleSeal() => Schedule($"availability-seal/{Key.Tenant}", Seal, Key.Tenant, TimingSpec.Once, NextSealAt);

    /// <summary>Null when it is sealed.</summary>
    private async Task<Refusal?> SealAsync(YearMonth month, CancellationToken cancellation)
    {
        var report = await SealedAsync(month, cancellation);
        if (report is null)
        {
            var judged = (await JudgeAsync(month, cancellation)) with { SealedAt = Now };
            report = ListingJson.Read<AvailabilityMonthView>(await seals.SealAsync(Key.Tenant, judged.Month, Now, ListingJson.Write(judged), cancellation));
        }

        var told = await TellContractAsync(report, cancellation);
        if (told.Refusal is { } refusal) return refusal;

        State.NextMonth = MonthText.Format(month.PlusMonths(1));
        State.Corrections.RemoveAll(correction => !correction.AfterSeal && correction.From < report.End);
        NoteSeal(report, told.Value);
        ScheduleSeal();
        await SaveAsync();
        return null;
    }

    // A month in which no contract ran credits nothing, and is no fault.
    private async Task<(CreditView? Value, Refusal? Refusal)> TellContractAsync(AvailabilityMonthView report, CancellationToken cancellation)
    {
        var reply = await GrainFactory.Get(new ContractKey(Key.Tenant)).SealAvailabilityAsync(
            new()
            {
                Caller = new() { Operation = $"availability-seal/{report.Month}", Actor = "silo" },
                Month = report.Month,
                Outages = [.. MonthViews.Attributable(report).Select(ToOutage)],
            },
            cancellation);
        return IsWithoutContract(reply.Refusal) ? (null, null) : (reply.Value, reply.Refusal);
    }

    private void NoteSeal(AvailabilityMonthView report, CreditView? credit)
    {
        Note(Key.Tenant, "availability.sealed", Sealer,
            ("month", report.Month), ("upMinutes", report.UpMinutes), ("downMinutes", report.DownMinutes), ("unprobedMinutes", report.UnprobedMinutes),
            ("excusedMinutes", report.CustomerMinutes + report.InternetMinutes + report.ForceMajeureMinutes), ("notCountedMinutes", report.NotCountedMinutes),
            ("availabilityPercent", report.AvailabilityPercent), ("creditSeconds", credit?.CreditSeconds));
        if (credit?.BelowCommitment ?? report.BelowCommitment)
        {
            Note(Key.Tenant, "availability.below-commitment", Sealer,
                ("month", report.Month), ("availabilityPercent", report.AvailabilityPercent),
                ("advice", "Below the 90 % of article 6: open an incident, and tell the customer what happened."));
        }
    }

    private static bool IsWithoutContract(Refusal? refusal) => refusal is { Kind: RefusalKind.NotFound } or { Code: "month-outside-contract" };

    private static Outage ToOutage(Interval span) => new() { Start = span.Start.ToDateTimeOffset(), End = span.End.ToDateTimeOffset() };
}
