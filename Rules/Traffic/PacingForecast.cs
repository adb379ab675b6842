using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>What a day's backup is expected to send, from the same weekday of the last four weeks.</summary>
public static class PacingForecast
{
    // A day that was an exception (everything sent anew) counts at most as three ordinary ones.
    private const int Ordinary = 3;

    /// <summary>
    /// The mean of the days of the same weekday in the <see cref="PacingPolicy.ForecastDays"/> days before <paramref name="today"/> (exclusive), each counted at most as three times
    /// their median; of all days when the weekday has fewer than two; rounded up. Null without any. No margin: <see cref="PacingPolicy.MarginPercent"/> is applied where credits are put aside.
    /// </summary>
    /// <param name="history">In any order; days outside the window are passed over. Civil days of the metering zone.</param>
    /// <param name="day">The day to forecast, today or later.</param>
    public static long? Expect(IReadOnlyCollection<DayVolume> history, LocalDate today, LocalDate day, PacingPolicy policy)
    {
        var first = today.PlusDays(-policy.ForecastDays);
        var recent = history.Where(entry => entry.Day >= first && entry.Day < today).ToList();
        var same = recent.Where(entry => entry.Day.DayOfWeek == day.DayOfWeek).Select(entry => entry.Bytes).ToList();
        return Mean(same.Count >= 2 ? same : [.. recent.Select(entry => entry.Bytes)]);
    }

    private static long? Mean(List<long> bytes)
    {
        if (bytes.Count == 0) return null;
        bytes.Sort();
        var most = bytes[(bytes.Count - 1) / 2] * Ordinary;
        return (bytes.Sum(b => Math.Min(b, most)) + bytes.Count - 1) / bytes.Count;
    }
}
