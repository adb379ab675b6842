namespace BackupOnline.Grains.Availability;

/// <summary>How availability is judged. Checked at start by <see cref="AvailabilityOptionsValidator"/>.</summary>
public sealed class AvailabilityOptions
{
    /// <summary>IANA zone of the civil months and days. Default <c>Europe/Paris</c>, the contract's.</summary>
    public string TimeZone { get; set; } = "Europe/Paris";

    /// <summary>How long after its end a minute is judged: late results still come. 0 to 1 hour; default 3 minutes. Shorter shows a dead prober sooner.</summary>
    public TimeSpan JudgeAfter { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long after its end a month is sealed; not shorter than <see cref="JudgeAfter"/>, at most 7 days. Default 10 minutes.</summary>
    public TimeSpan SealAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Results older than this are left out; 10 minutes to 31 days. A prober that could not reach the cluster tells later. Default 2 days.</summary>
    public TimeSpan OldestResult { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Minutes in a row after which a vault's alarm is raised, and taken back; 1 to 60. Default 2: one bad minute counts, but wakes nobody.</summary>
    public int AlarmMinutes { get; set; } = 2;
}
