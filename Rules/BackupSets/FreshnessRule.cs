using NodaTime;

namespace BackupOnline.Rules.BackupSets;

/// <summary>Freshness of a cold set: seen from the arrival of snapshot objects alone, so that it needs no key and works for stock restic.</summary>
public static class FreshnessRule
{
    /// <summary>
    /// Counts elapsed time (not calendar days, no zone, no rounding) from the newest arrival, or from the set's creation before the first one. Exactly
    /// <paramref name="expectedEvery"/> is still in time; an arrival in the future (a shelf whose clock is ahead) is fresh.
    /// </summary>
    public static SetFreshness Judge(Instant createdAt, Instant? lastArrivalAt, Duration expectedEvery, Instant now)
    {
        if (now - (lastArrivalAt ?? createdAt) > expectedEvery) return SetFreshness.Late;
        return lastArrivalAt is null ? SetFreshness.Waiting : SetFreshness.Fresh;
    }
}
