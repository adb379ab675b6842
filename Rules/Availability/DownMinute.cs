using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>A minute without service, and who answers for it (design decision 22).</summary>
/// <param name="Minute">floor(unix seconds / 60).</param>
public readonly record struct DownMinute(long Minute, OutageCause Cause)
{
    /// <summary>The whole minute, half-open.</summary>
    public Interval Span => new(Instant.FromUnixTimeSeconds(Minute * 60), Instant.FromUnixTimeSeconds((Minute + 1) * 60));
}
