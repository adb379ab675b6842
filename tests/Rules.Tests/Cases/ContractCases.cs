using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using BackupOnline.Rules.Availability;
using BackupOnline.Rules.Contracts;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Judges of the sections of <c>contract.json</c>.</summary>
internal static class ContractCases
{
    public static IReadOnlyDictionary<string, Action<JsonElement>> Judges { get; } = new Dictionary<string, Action<JsonElement>>(StringComparer.Ordinal)
    {
        ["periods"] = JudgePeriods,
        ["alternativeSlaReading"] = JudgeReading,
        ["renewalNotice"] = JudgeNotice,
    };

    private static void JudgePeriods(JsonElement item)
    {
        var expected = item.GetProperty("expected");
        var first = At(item.GetProperty("firstPaymentAt"));
        var outages = Outages(item.GetProperty("outages"));
        var terminated = item.GetProperty("terminatedAfterPeriod");
        int? last = terminated.ValueKind == JsonValueKind.Null ? null : terminated.GetInt32();
        var policy = ContractPolicy.Default with { Zone = DateTimeZoneProviders.Tzdb[item.GetProperty("zone").GetString()!] };

        var months = Months(new(first, null), outages, policy);
        var calendar = new TermCalendar(first, policy, Credits(months));
        if (last is { } ending)
        {
            months = Months(new(first, calendar.End(ending).At), outages, policy);
            calendar = new(first, policy, Credits(months));
        }

        Assert.Equal(Day(expected.GetProperty("anchorDate")), calendar.AnchorDate);
        var periods = expected.GetProperty("periods").EnumerateArray().ToList();
        for (var k = 1; k <= periods.Count; k++) JudgePeriod(periods[k - 1], calendar.Period(k, k == last), policy);
        JudgeMonths(expected.GetProperty("sla"), months, policy);
        if (last is not null) Assert.Equal(last, periods.Count);
        JudgeLife(periods, first, outages, last, policy);
    }

    private static void JudgePeriod(JsonElement expected, TermPeriod period, ContractPolicy policy)
    {
        var notice = NoticeRule.Window(period.EndDate, policy);
        Assert.Equal(expected.GetProperty("index").GetInt32(), period.Index);
        Assert.Equal(At(expected.GetProperty("start")), period.Start);
        Assert.Equal(At(expected.GetProperty("nominalEnd")), period.NominalEnd);
        Assert.Equal(Day(expected.GetProperty("nominalEndDate")), period.NominalEndDate);
        Assert.Equal(expected.GetProperty("creditSeconds").GetInt64(), period.CreditSeconds);
        Assert.Equal(At(expected.GetProperty("end")), period.End);
        Assert.Equal(Day(expected.GetProperty("endDate")), period.EndDate);
        Assert.Equal(Day(expected.GetProperty("noticeEarliest")), notice.Earliest);
        Assert.Equal(Day(expected.GetProperty("noticeLatest")), notice.Latest);
    }

    private static void JudgeMonths(JsonElement expected, IReadOnlyList<MonthAvailability> months, ContractPolicy policy)
    {
        var all = expected.EnumerateArray().ToList();
        Assert.Equal(all.Select(month => month.GetProperty("month").GetString()), months.Select(month => YearMonthPattern.Iso.Format(month.Month)));
        foreach (var (wanted, month) in all.Zip(months))
        {
            Assert.Equal(wanted.GetProperty("activeSeconds").GetInt64(), month.ActiveSeconds);
            Assert.Equal(wanted.GetProperty("downSeconds").GetInt64(), month.DownSeconds);
            Assert.Equal(wanted.GetProperty("thresholdSeconds").GetString(), Fraction((BigInteger)policy.Sla.TriggerPercent * month.ActiveSeconds, 100));
            Assert.InRange(wanted.GetProperty("availabilityPct").GetDecimal() - month.Percent, -0.0001m, 0.0001m);
            Assert.Equal(wanted.GetProperty("creditSeconds").GetInt64(), month.CreditSeconds);
            Assert.Equal(wanted.GetProperty("below90").GetBoolean(), month.BelowCommitment);
            Assert.Equal(At(wanted.GetProperty("sealedAt")), month.SealedAt);
        }
    }

    // The same case as a contract lives it: month by month, each sealed when it has ended; notice on the day after the last period's start.
    private static void JudgeLife(List<JsonElement> periods, Instant first, ImmutableArray<Interval> outages, int? last, ContractPolicy policy)
    {
        var life = new Contracts.Life(first - Duration.FromMinutes(1), policy: policy);
        life.Pay(first);
        var final = periods[^1];
        var month = CivilMonth.Of(first, policy.Zone);
        var noticed = false;
        while (CivilMonth.In(month.PlusMonths(-2), policy.Zone).End < At(final.GetProperty("end")))
        {
            var end = CivilMonth.In(month, policy.Zone).End;
            if (last is { } ending && !noticed && life.Contract.Calendar.IndexAt(end) > ending)
            {
                noticed = true;
                life.MoveTo(life.Contract.Calendar.End(ending).At - Duration.FromSeconds(1));
                Assert.Null(life.Do(new ContractCommand.GiveNotice("customer", "", AtOnce: false)));
            }

            life.MoveTo(end);
            if (AvailabilityRule.Evaluate(month, ContractClock.Running(life.Contract)!.Value, [], policy.Sla, policy.Zone).ActiveSeconds > 0)
            {
                Assert.Null(life.Do(new ContractCommand.SealMonth(month, outages)));
            }

            month = month.PlusMonths(1);
        }

        foreach (var expected in periods)
        {
            var index = expected.GetProperty("index").GetInt32();
            JudgePeriod(expected, life.Contract.Calendar.Period(index, index == last), policy);
        }

        if (last is not null) Assert.Equal(At(final.GetProperty("end")), life.Moment.EndsAt);
    }

    private static void JudgeReading(JsonElement item)
    {
        var policy = ContractPolicy.Default with { Sla = new() { TriggerPercent = item.GetProperty("triggerPct").GetInt32() } };
        var months = Months(new(At(item.GetProperty("firstPaymentAt")), null), Outages(item.GetProperty("outages")), policy);
        JudgeMonths(item.GetProperty("sla"), months, policy);
    }

    private static void JudgeNotice(JsonElement item)
    {
        var end = Day(item.GetProperty("periodEnd"));
        var sent = item.GetProperty("sent");
        LocalDate[] days = sent.ValueKind == JsonValueKind.Null ? [] : [Day(sent)];
        var window = NoticeRule.Window(end, ContractPolicy.Default);
        var verdict = NoticeRule.Judge(end, days, item.GetProperty("protectedClient").GetBoolean(), ContractPolicy.Default);
        Assert.Equal(Day(item.GetProperty("earliest")), window.Earliest);
        Assert.Equal(Day(item.GetProperty("latest")), window.Latest);
        Assert.Equal(item.GetProperty("validNotice").GetBoolean(), verdict.Valid);
        Assert.Equal(item.GetProperty("freeTerminationAfterRenewal").GetBoolean(), verdict.MayLeaveAtOnce);
    }

    /// <summary>Every month with attributable downtime, ascending.</summary>
    private static List<MonthAvailability> Months(Interval running, ImmutableArray<Interval> outages, ContractPolicy policy)
    {
        if (outages.IsEmpty) return [];
        var from = CivilMonth.Of(outages.Min(o => o.Start), policy.Zone);
        var to = CivilMonth.Of(outages.Max(o => o.End), policy.Zone);
        return
        [
            .. Enumerable.Range(0, (((to.Year - from.Year) * 12) + to.Month - from.Month) + 1)
                .Select(offset => AvailabilityRule.Evaluate(from.PlusMonths(offset), running, outages, policy.Sla, policy.Zone))
                .Where(month => month.DownSeconds > 0),
        ];
    }

    private static IEnumerable<TermCredit> Credits(IEnumerable<MonthAvailability> months) =>
        months.Select(month => new TermCredit(month.Month, month.CreditSeconds, month.SealedAt));

    private static ImmutableArray<Interval> Outages(JsonElement list) =>
    [
        .. list.EnumerateArray()
            .Where(o => !o.TryGetProperty("attributable", out var ours) || ours.GetBoolean())
            .Select(o => new Interval(At(o.GetProperty("from")), At(o.GetProperty("to")))),
    ];

    private static string Fraction(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return denominator == divisor
            ? (numerator / divisor).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{numerator / divisor}/{denominator / divisor}");
    }

    private static Instant At(JsonElement text) => InstantPattern.ExtendedIso.Parse(text.GetString()!).GetValueOrThrow();

    private static LocalDate Day(JsonElement text) => LocalDatePattern.Iso.Parse(text.GetString()!).GetValueOrThrow();
}
