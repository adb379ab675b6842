namespace BackupOnline.Rules.Traffic;

/// <summary>The numbers of <see cref="PacingRule"/>. The limit and the burst are the contract's (article 7), the others are ours.</summary>
public sealed record PacingPolicy
{
    /// <summary>Slots of 24 hours: the time that a daily backup has.</summary>
    public const int DaySlots = 288;

    public static PacingPolicy Default { get; } = new();

    /// <summary>Bytes of a slot at the contract's 5 Mbit/s: a slot above it costs a credit, one with exactly as much does not.</summary>
    public long CapBytes { get; init; } = 187_500_000;

    /// <summary>The most that a tenant may send, in bits per second: the contract's burst of 100 Mbit/s, or what this month allows.</summary>
    public long BurstBitsPerSecond { get; init; } = 100_000_000;

    /// <summary>How much of <see cref="CapBytes"/> a quiet slot uses; default 98. The rest is for what is counted below TLS and for a slot's edges.</summary>
    public int QuietPercent { get; init; } = 98;

    /// <summary>What a day is taken to need when credits are put aside for it, in percent of the forecast; default 115.</summary>
    public int MarginPercent { get; init; } = 115;

    /// <summary>Credits put aside for retries and re-seeds, in percent of the month's; default 10, less as the month passes: with the root of the time left, as chance does.</summary>
    public int ReservePercent { get; init; } = 10;

    /// <summary>Conformity counts as out of reach when the month still needs more than this percentage of the credits that are left; default 110. Lower gives up sooner.</summary>
    public int OutOfReachPercent { get; init; } = 110;

    /// <summary>And only beyond this many credits more, so that a wrong estimate near the month's end does not give the month up; default 10.</summary>
    public int OutOfReachSlots { get; init; } = 10;

    /// <summary>A day that seems to need more credits than there are is raised only when so many slots or fewer are left of its 288, because its estimate gets better; default 144.</summary>
    public int SureSlots { get; init; } = 144;

    /// <summary>Days of history that a forecast looks at; default 28, four of each weekday.</summary>
    public int ForecastDays { get; init; } = 28;

    /// <summary>Days that a first backup has, which sends everything; default 14.</summary>
    public int SeedDays { get; init; } = 14;

    /// <summary>Slots before its deadline by which a job is planned to end; default 6 (half an hour).</summary>
    public int SpareSlots { get; init; } = 6;

    /// <summary>Slots within which a job is planned to end when its deadline is over; default 12 (an hour).</summary>
    public int LateSlots { get; init; } = 12;

    /// <summary>Bytes of a full burst slot, rounded down.</summary>
    public long BurstBytes => TrafficSlot.BytesAt(BurstBitsPerSecond);

    /// <summary>Bytes of a quiet slot, rounded down; never more than a burst slot.</summary>
    public long QuietBytes => Math.Min(CapBytes * QuietPercent / 100, BurstBytes);

    /// <summary>A slot above this, four times the limit, is surely among the slots that the percentile leaves out, also in a month that runs above the limit.</summary>
    public long HighBytes => CapBytes * 4;
}
