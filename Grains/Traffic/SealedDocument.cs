using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackupOnline.Rules.Traffic;

namespace BackupOnline.Grains.Traffic;

/// <summary>What is sealed of a month, as compact JSON with its members in a fixed order: <c>bo-traffic/1</c>. Its SHA-256 is the month's hash.</summary>
internal static class SealedDocument
{
    /// <param name="samplesSha256">Of the month's raw export, as CSV.</param>
    public static string Write(
        string tenant, MeteringMonth month, TrafficPolicy policy, MonthMeasure measure, BurstRegime next, int rows, string samplesSha256, DateTimeOffset sealedAt)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("form", "bo-traffic/1");
            json.WriteString("tenant", tenant);
            json.WriteString("month", month.Month.Text());
            json.WriteString("zone", policy.Zone);
            json.WriteNumber("firstSlot", month.FirstSlot);
            json.WriteNumber("endSlot", month.EndSlot);
            json.WriteNumber("policyVersion", policy.Version);
            json.WriteString("basis", policy.Basis.Text());
            json.WriteString("series", measure.Series.Text());
            json.WriteNumber("limitBytes", policy.LimitBytesPerSlot);
            json.WriteNumber("samples", measure.Samples);
            json.WriteNumber("rank", measure.Rank);
            json.WriteNumber("freeSamples", measure.FreeSamples);
            json.WriteNumber("busySlots", measure.BusySlots);
            json.WriteNumber("p95In", measure.P95InBytes);
            json.WriteNumber("p95Out", measure.P95OutBytes);
            json.WriteNumber("p95", measure.P95Bytes);
            json.WriteNumber("slotsOverLimit", measure.SamplesOverCap);
            json.WriteBoolean("exceeded", measure.Exceeded);
            json.WriteNumber("totalIn", measure.TotalInBytes);
            json.WriteNumber("totalOut", measure.TotalOutBytes);
            json.WriteNumber("volume", measure.VolumeBytes);
            WriteCurve(json, "topIn", measure.TopIn);
            WriteCurve(json, "topOut", measure.TopOut);
            if (measure.Series is PercentileBasis.Sum or PercentileBasis.MaxPerSlot) WriteCurve(json, "top", measure.Top);
            json.WriteStartObject("next");
            json.WriteNumber("standing", (int)next.Standing);
            json.WriteNumber("burstKbps", next.BurstKbps);
            if (next.Quiet is { } quiet) json.WriteNumber("quietCeilingKbps", quiet.CeilingKbps);
            json.WriteEndObject();
            json.WriteNumber("rows", rows);
            json.WriteString("samplesSha256", samplesSha256);
            json.WriteString("sealedAt", sealedAt);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static string Hash(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>The measure that was sealed, without the percentiles that are not.</summary>
    public static MonthMeasure Read(string document)
    {
        using var json = JsonDocument.Parse(document);
        var root = json.RootElement;
        var series = WireMaps.ToSeries(root.GetProperty("series").GetString()!);
        var (topIn, topOut) = (ReadCurve(root, "topIn"), ReadCurve(root, "topOut"));
        return new()
        {
            Samples = root.GetProperty("samples").GetInt32(),
            Basis = root.GetProperty("basis").GetString() == "higher-of-in-out" ? PercentileBasis.HigherOfInOut : series,
            P95InBytes = root.GetProperty("p95In").GetInt64(),
            P95OutBytes = root.GetProperty("p95Out").GetInt64(),
            P95SumBytes = 0,
            P95MaxBytes = 0,
            P95Bytes = root.GetProperty("p95").GetInt64(),
            Series = series,
            SamplesOverCap = root.GetProperty("slotsOverLimit").GetInt32(),
            Exceeded = root.GetProperty("exceeded").GetBoolean(),
            TotalInBytes = root.GetProperty("totalIn").GetInt64(),
            TotalOutBytes = root.GetProperty("totalOut").GetInt64(),
            VolumeBytes = root.GetProperty("volume").GetInt64(),
            BusySlots = root.GetProperty("busySlots").GetInt32(),
            TopIn = topIn,
            TopOut = topOut,
            Top = series switch { PercentileBasis.In => topIn, PercentileBasis.Out => topOut, _ => ReadCurve(root, "top") },
        };
    }

    private static void WriteCurve(Utf8JsonWriter json, string name, ImmutableArray<RankedSlot> curve)
    {
        json.WriteStartArray(name);
        foreach (var point in curve)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Slot);
            json.WriteNumberValue(point.Bytes);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<RankedSlot> ReadCurve(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(point => new RankedSlot(point[0].GetInt64(), point[1].GetInt64()))];
}
