using System.Globalization;
using System.Text.Json;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Judge of the section <c>cases</c> of <c>metering.json</c>: from raw reports to the percentile of a month.</summary>
internal static class MonthCases
{
    public static void Judge(JsonElement item)
    {
        var month = MeteringMonth.Of(
            new YearMonth(item.GetProperty("year").GetInt32(), item.GetProperty("month").GetInt32()), DateTimeZoneProviders.Tzdb[item.GetProperty("zone").GetString()!]);
        var policy = TrafficPolicy.Default with { Basis = BasisOf(Text(item, "basis", "higher-of-in-out")), Missing = MissingOf(Text(item, "missing", "zero")) };
        SlotRange? active = Text(item, "scope", "month") == "active"
            ? new(month.FirstSlot + Long(item, "activeFrom", 0), month.FirstSlot + Long(item, "activeTo", month.Samples))
            : null;
        var gaps = Items(item, "gaps").SelectMany(gap => SlotsOf(gap, month)).Select(slot => new SlotRange(slot, slot + 1));
        var readings = Items(item, "reports").SelectMany(report => SlotsOf(report, month).Select(slot => new SlotReading(
            Text(report, "node", "n1"), Text(report, "boot", "1"), slot, new(Long(report, "in", 0), Long(report, "out", 0)))));
        Compare(item.GetProperty("expected"), MonthRule.Measure(MeteringWindow.Of(month, active, policy.Missing, gaps), MergeRule.Merge(readings), policy));
    }

    /// <summary>The exact value, rounded to as many decimals as the case gives, at the most six.</summary>
    public static void AssertRounded(JsonElement rounded, Fraction exact)
    {
        var off = Fraction.Parse(rounded.GetDecimal().ToString(CultureInfo.InvariantCulture)) - exact;
        var bound = new Fraction(1, 2_000_000);
        Assert.True(off <= bound && off >= Fraction.Zero - bound, $"{rounded} is not {exact}, rounded to 6 decimals.");
    }

    private static void Compare(JsonElement expected, MonthMeasure measure)
    {
        Assert.Equal(expected.GetProperty("samples").GetInt32(), measure.Samples);
        Assert.Equal(expected.GetProperty("rank").GetInt32(), measure.Rank);
        Assert.Equal(expected.GetProperty("freeSamples").GetInt32(), measure.FreeSamples);
        Assert.Equal(expected.GetProperty("freeHours").GetString(), measure.FreeHours.ToString());
        Assert.Equal(expected.GetProperty("p95InBytes").GetInt64(), measure.P95InBytes);
        Assert.Equal(expected.GetProperty("p95OutBytes").GetInt64(), measure.P95OutBytes);
        Assert.Equal(expected.GetProperty("p95SumBytes").GetInt64(), measure.P95SumBytes);
        Assert.Equal(expected.GetProperty("p95MaxBytes").GetInt64(), measure.P95MaxBytes);
        Assert.Equal(expected.GetProperty("p95Bytes").GetInt64(), measure.P95Bytes);
        Assert.Equal(expected.GetProperty("p95Bps").GetString(), TrafficSlot.BitsPerSecond(measure.P95Bytes).ToString());
        AssertRounded(expected.GetProperty("p95Mbps"), TrafficSlot.BitsPerSecond(measure.P95Bytes) / 1_000_000);
        Assert.Equal(expected.GetProperty("samplesOverCap").GetInt32(), measure.SamplesOverCap);
        Assert.Equal(expected.GetProperty("exceeded").GetBoolean(), measure.Exceeded);
        Assert.Equal(expected.GetProperty("totalInBytes").GetInt64(), measure.TotalInBytes);
        Assert.Equal(expected.GetProperty("totalOutBytes").GetInt64(), measure.TotalOutBytes);
        Assert.Equal(measure.P95Bytes, measure.Deciding?.Bytes ?? 0);
    }

    private static IEnumerable<long> SlotsOf(JsonElement run, MeteringMonth month)
    {
        var first = run.TryGetProperty("fromUtc", out var utc) ? TrafficSlot.Of(InstantOf(utc)) : month.FirstSlot + run.GetProperty("from").GetInt64();
        var (count, step) = (Long(run, "count", 1), Long(run, "step", 1));
        for (long i = 0; i < count; i++) yield return first + (i * step);
    }

    private static Instant InstantOf(JsonElement time) => time.ValueKind == JsonValueKind.Number
        ? Instant.FromUnixTimeSeconds(time.GetInt64())
        : Instant.FromDateTimeOffset(DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static PercentileBasis BasisOf(string name) => name switch
    {
        "higher-of-in-out" => PercentileBasis.HigherOfInOut,
        "sum" => PercentileBasis.Sum,
        "max-per-bucket" => PercentileBasis.MaxPerSlot,
        "in" => PercentileBasis.In,
        "out" => PercentileBasis.Out,
        _ => throw new ArgumentException($"The basis '{name}' is not known.", nameof(name)),
    };

    private static MissingSamples MissingOf(string name) => name switch
    {
        "zero" => MissingSamples.Zero,
        "drop" => MissingSamples.Drop,
        _ => throw new ArgumentException($"Missing '{name}' is not known.", nameof(name)),
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement item, string name) => item.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private static string Text(JsonElement item, string name, string absent) => item.TryGetProperty(name, out var text) ? text.ToString() : absent;

    private static long Long(JsonElement item, string name, long absent) => item.TryGetProperty(name, out var number) ? number.GetInt64() : absent;
}
