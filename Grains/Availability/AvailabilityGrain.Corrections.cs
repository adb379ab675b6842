using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Availability;
using NodaTime;
using OutageCause = BackupOnline.Grains.Interfaces.Availability.OutageCause;

namespace BackupOnline.Grains.Availability;

/// <summary>An operator's word: any before the seal, and in the customer's favour alone after it.</summary>
internal sealed partial class AvailabilityGrain
{
    private const int MostCorrections = 200;

    public async Task<Reply<CorrectionView>> CorrectAsync(CorrectOutage request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckCorrection(request)) is { } wrong) return wrong;
        if (!Exists) return Refusal.Conflict("nothing-owed", "This tenant has no vault yet, so nothing was down.");

        var operation = Operation.Of(request.Caller, "correct", request.From, request.Until, request.Cause, request.Declared, request.Reason);
        if (Recall(operation, Kept) is { } known) return known;
        if (State.Corrections.Count >= MostCorrections)
            return Refusal.Conflict("too-many-corrections", $"At most {MostCorrections} corrections are kept of months that are not sealed and after seals. Correct longer spans.");

        var month = CivilMonth.Of(Instant.FromDateTimeOffset(request.From), zone);
        var report = await SealedAsync(month, cancellation);
        var correction = new CorrectionView
        {
            Number = State.LastCorrection + 1,
            From = request.From.ToUniversalTime(),
            Until = request.Until.ToUniversalTime(),
            Cause = request.Cause,
            Declared = request.Declared,
            Reason = request.Reason,
            Actor = request.Caller.Actor,
            At = Now,
            AfterSeal = report is not null,
        };
        var refusal = report is null ? await WhyPointlessAsync(correction, cancellation) : await CreditAsync(report, correction, request, cancellation);
        if (refusal is not null) return refusal;

        State.LastCorrection = correction.Number;
        State.Corrections.Add(correction);
        State.Operations.Remember(operation, Text(correction));
        Note(Key.Tenant, "availability.corrected", request.Caller,
            ("number", correction.Number), ("from", Text(correction.From)), ("until", Text(correction.Until)), ("cause", InWords(correction.Cause)),
            ("declared", correction.Declared), ("afterSeal", correction.AfterSeal), ("reason", correction.Reason));
        await SaveAsync();
        return Reply<CorrectionView>.Done(correction);
    }

    private Refusal? CheckCorrection(CorrectOutage request) =>
        Check.Known(request.Cause, "cause")
        ?? Check.Text(request.Reason, "reason", 1, 500)
        ?? Check.That(request.From.Year is > 2000 and < 9000 && request.Until.Year is > 2000 and < 9000, "span-invalid", "Give instants of this millennium.")
        ?? Check.That(
            MinuteRule.IsWhole(Instant.FromDateTimeOffset(request.From)) && MinuteRule.IsWhole(Instant.FromDateTimeOffset(request.Until)),
            "span-invalid", "Availability is counted in whole minutes. Give times without seconds.")
        ?? Check.That(request.From < request.Until, "span-invalid", "The end must be after the beginning.")
        ?? Check.That(request.Until <= Now, "span-in-future", "What has not happened cannot be corrected. Wait until the span is over.")
        ?? Check.That(
            CivilMonth.Of(Instant.FromDateTimeOffset(request.From), zone) == CivilMonth.Of(Instant.FromDateTimeOffset(request.Until) - Duration.Epsilon, zone),
            "span-across-months", $"A correction lies in one civil month of {zone.Id}. Make one for each month.");

    // Before the seal: the minutes must be such that the correction says something.
    private async Task<Refusal?> WhyPointlessAsync(CorrectionView correction, CancellationToken cancellation)
    {
        var question = await QuestionAsync(MonthViews.Span(correction), [.. State.Corrections.Where(earlier => !earlier.AfterSeal)], cancellation);
        var verdicts = MinuteRule.Judge(question);
        if (verdicts.Any(verdict => verdict.IsDown || (correction.Declared && verdict.Kind == MinuteKind.Up))) return null;
        return Refusal.Conflict(
            "no-outage-there",
            correction.Declared ? "Nothing is owed in this span: no vault yet, or suspended." : "No minute of this span was down. Look at the month's outages, or declare the span down.");
    }

    // After the seal: the contract gives a separate credit, or nothing is kept. It is told first, under the same operation id, so that a repetition does it once.
    private async Task<Refusal?> CreditAsync(AvailabilityMonthView report, CorrectionView correction, CorrectOutage request, CancellationToken cancellation)
    {
        if (correction.Cause != OutageCause.Ours)
            return Refusal.Conflict("month-sealed", "The month is sealed: only a correction in the customer's favour, with the cause 'ours', is taken.");

        var before = MonthViews.Corrected(report, Shown!.In(report.Start, report.End, afterSeal: true));
        var after = MonthViews.Corrected(report, [.. Shown.In(report.Start, report.End, afterSeal: true), correction]);
        if (before.SequenceEqual(after))
            return Refusal.Conflict("no-outage-there", "The provider answers for this whole span already, or nothing was down in it. Look at the month's outages.");

        var reply = await GrainFactory.Get(new ContractKey(Key.Tenant)).CorrectAvailabilityAsync(
            new()
            {
                Caller = Operation.Further(request.Caller, "availability"),
                Month = report.Month,
                Outages = [.. after.Select(ToOutage)],
                Reason = request.Reason,
            },
            cancellation);
        return IsWithoutContract(reply.Refusal) ? null : reply.Refusal;
    }

    private CorrectionView? Kept(string? number) => State.Corrections.Find(correction => Text(correction) == number);

    private static string Text(CorrectionView correction) => correction.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string InWords(OutageCause cause) => cause switch
    {
        OutageCause.Ours => "ours",
        OutageCause.Customer => "customer",
        OutageCause.Internet => "internet",
        _ => "force-majeure",
    };
}
