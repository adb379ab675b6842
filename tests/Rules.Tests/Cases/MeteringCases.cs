using System.Text.Json;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Judges of the sections of <c>metering.json</c>.</summary>
internal static class MeteringCases
{
    public static IReadOnlyDictionary<string, Action<JsonElement>> Judges { get; } = new Dictionary<string, Action<JsonElement>>(StringComparer.Ordinal)
    {
        ["cases"] = MonthCases.Judge,
        ["rankTable"] = Rank,
        ["months"] = Month,
        ["counters"] = Counter,
        ["inProgress"] = InProgress,
        ["burstPolicyLiteralLadder"] = Ladder,
        ["burstPolicyCredits.quietCeiling"] = Ceiling,
        ["burstPolicyCredits.standing"] = Standing,
        ["fairShare"] = FairShare,
    };

    private static void Rank(JsonElement item)
    {
        Assert.Equal(Int(item, "rank"), PercentileRule.Rank(Int(item, "n")));
        Assert.Equal(Int(item, "free"), PercentileRule.FreeSamples(Int(item, "n")));
    }

    private static void Month(JsonElement item)
    {
        var month = MeteringMonth.Of(new YearMonth(Int(item, "year"), Int(item, "month")), DateTimeZoneProviders.Tzdb[Text(item, "zone")]);
        var free = PercentileRule.FreeSamples(month.Samples);
        Assert.Equal(Long(item, "startUnix"), month.Start.ToUnixTimeSeconds());
        Assert.Equal(Long(item, "endUnix"), month.End.ToUnixTimeSeconds());
        Assert.Equal(Int(item, "samples"), month.Samples);
        Assert.Equal(Int(item, "rank"), PercentileRule.Rank(month.Samples));
        Assert.Equal(Int(item, "free"), free);
        Assert.Equal(Int(item, "freeMinutes"), free * 5);
        Assert.Equal(Long(item, "burstBytesFree"), VolumeRule.FreeBurstBytes(month.Samples, TrafficPolicy.Default));
        Assert.Equal(Long(item, "conformMaxBytes"), VolumeRule.MostBytesWithinLimit(month.Samples, TrafficPolicy.Default));
    }

    private static void Counter(JsonElement item)
    {
        var delta = CounterRule.Between(Long(item, "prev"), Long(item, "cur"), Int(item, "width"), Long(item, "seconds"), Long(item, "lineBps"));
        Assert.Equal((Long(item, "bytes"), Text(item, "kind")), (delta.Bytes, Kebab(delta.Kind)));
    }

    private static void InProgress(JsonElement item)
    {
        var outlook = OutlookRule.Look(Int(item, "n"), Int(item, "elapsed"), Runs(item, "past"), Runs(item, "future"), TrafficPolicy.Default.LimitBytesPerSlot);
        var expected = item.GetProperty("expected");
        Assert.Equal(Int(expected, "samples"), outlook.Samples);
        Assert.Equal(Int(expected, "elapsed"), outlook.Elapsed);
        Assert.Equal(Long(expected, "usedBurstSamples"), outlook.UsedBurstSamples);
        Assert.Equal(Long(expected, "remainingBurstSamples"), outlook.RemainingBurstSamples);
        Assert.Equal(Long(expected, "lowerBoundBytes"), outlook.LowerBoundBytes);
        Assert.Equal(Long(expected, "naiveMonthToDateBytes"), outlook.NaiveMonthToDateBytes);
        Assert.Equal(Long(expected, "forecastBytes"), outlook.ForecastBytes);
    }

    private static void Ladder(JsonElement item)
    {
        foreach (var month in item.GetProperty("months").EnumerateArray())
        {
            var step = LiteralLadderRule.Next(Long(month, "burstKbps"), Long(month, "p95Kbps"), Long(item, "floorKbps"), TrafficPolicy.Default);
            Assert.Equal((Long(month, "nextBurstKbps"), Text(month, "action")), (step.NextBurstKbps, Kebab(step.Action)));
        }
    }

    private static void Ceiling(JsonElement item)
    {
        var policy = TrafficPolicy.Default with
        {
            BurstKbps = Int(item, "burstKbps"),
            ReservePercent = Int(item, "reservePct"),
            MarginPercent = Int(item, "marginPct"),
        };
        var ceiling = QuietCeilingRule.Of(Int(item, "samples"), Long(item, "volumeBytes"), policy);
        var expected = item.GetProperty("expected");
        Assert.Equal(Int(expected, "freeSamples"), ceiling.FreeSamples);
        Assert.Equal(Int(expected, "reserveSamples"), ceiling.ReserveSamples);
        Assert.Equal(Int(expected, "burstSamples"), ceiling.BurstSamples);
        Assert.Equal(Long(expected, "levelBytes"), ceiling.LevelBytes);
        Assert.Equal(Long(expected, "levelKbps"), ceiling.LevelKbps);
        Assert.Equal(Long(expected, "quietCeilingKbps"), ceiling.CeilingKbps);
        Assert.Equal(expected.GetProperty("conformReachable").GetBoolean(), ceiling.ConformReachable);
    }

    private static void Standing(JsonElement item)
    {
        var previous = Enum.Parse<BurstStanding>(Text(item, "previous"), ignoreCase: true);
        var decision = StandingRule.Next(previous, Long(item, "p95Bytes"), Long(item, "burstSamplesNeeded"), Int(item, "samples"), TrafficPolicy.Default);
        Assert.Equal(Text(item, "next"), Kebab(decision.Next));
    }

    private static void FairShare(JsonElement item)
    {
        var flows = item.GetProperty("flows").EnumerateArray()
            .Select(flow => new ShareFlow(Exact(flow.GetProperty("weight")), Exact(flow.GetProperty("demand")))).ToList();
        var rates = FairShareRule.Divide(Exact(item.GetProperty("capacity")), flows);
        Assert.Equal(item.GetProperty("rates").EnumerateArray().Select(rate => rate.ToString()), rates.Select(rate => rate.ToString()));
        if (!item.TryGetProperty("ratesDecimal", out var decimals)) return;
        foreach (var (rounded, rate) in decimals.EnumerateArray().Zip(rates)) MonthCases.AssertRounded(rounded, rate);
    }

    private static Fraction Exact(JsonElement number) => Fraction.Parse(number.ToString());

    private static List<(long Bytes, long Count)> Runs(JsonElement item, string name) =>
        [.. item.GetProperty(name).EnumerateArray().Select(run => (run[0].GetInt64(), run[1].GetInt64()))];

    private static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static int Int(JsonElement item, string name) => item.GetProperty(name).GetInt32();

    private static long Long(JsonElement item, string name) => item.GetProperty(name).GetInt64();

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
