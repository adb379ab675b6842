using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>The numbers of the simulated fleet. docs/pacing.md says what they stand for.</summary>
public sealed record FleetModel
{
    public int Tenants { get; init; } = 200;

    public int Seed { get; init; } = 2026;

    /// <summary>First civil month that counts; one month before it is simulated as a warm-up, so that there is a history.</summary>
    public YearMonth FirstMonth { get; init; } = new(2026, 1);

    public int Months { get; init; } = 12;

    /// <summary>The shared link, each direction by itself.</summary>
    public long LinkBitsPerSecond { get; init; } = 1_000_000_000;

    /// <summary>Median of the tenants' mean daily volumes in bytes, and the spread of their logarithm.</summary>
    public double MedianDailyBytes { get; init; } = 9.5e9;

    public double DailySigma { get; init; } = 1.1;

    /// <summary>Spread of the logarithm of one day's volume around what its weekday says.</summary>
    public double DaySigma { get; init; } = 0.3;

    /// <summary>Days within which everything sent anew (a first or a full backup) should be complete.</summary>
    public int SeedDays { get; init; } = 14;

    /// <summary>Expected numbers per tenant and year.</summary>
    public double Outages { get; init; } = 2;

    public double ReSeeds { get; init; } = 0.35;

    public double Restores { get; init; } = 0.6;

    /// <summary>Share of the tenants that join during the year, with a first backup.</summary>
    public double Joining { get; init; } = 0.05;

    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public LocalDate FirstDay => FirstMonth.OnDayOfMonth(1).PlusMonths(-1);

    /// <summary>First day after the simulated time.</summary>
    public LocalDate EndDay => FirstMonth.OnDayOfMonth(1).PlusMonths(Months);

    /// <summary>The slot that begins at a local time; bucket number floor(unix / 300).</summary>
    public long SlotOf(LocalDate day, LocalTime time) => (day + time).InZoneLeniently(Zone).ToInstant().ToUnixTimeSeconds() / 300;
}
