using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>The availability of a civil month (article 6).</summary>
public static class AvailabilityRule
{
    /// <summary>
    /// Evaluates a month. Counted is the part of it, in <paramref name="zone"/>, in which the contract ran (<paramref name="running"/>, half-open, with or without end);
    /// downtime is the union of the attributable outages inside that part, in whole seconds. The credit is the factor times the whole downtime when
    /// downtime * 100 is above trigger * active seconds, strictly: exactly 1 % credits nothing. Below 90 % is strict too.
    /// </summary>
    /// <param name="outages">Attributable ones only; they may overlap and reach beyond the month.</param>
    public static MonthAvailability Evaluate(YearMonth month, Interval running, IEnumerable<Interval> outages, SlaPolicy policy, DateTimeZone zone)
    {
        var whole = CivilMonth.In(month, zone);
        var active = OutageRule.Union([whole], running);
        var activeSeconds = OutageRule.WholeSeconds(active);
        var downSeconds = active.IsEmpty ? 0 : OutageRule.WholeSeconds(OutageRule.Union(outages, active[0]));
        return new()
        {
            Month = month,
            SealedAt = whole.End,
            ActiveSeconds = activeSeconds,
            DownSeconds = downSeconds,
            CreditSeconds = downSeconds * 100 > policy.TriggerPercent * activeSeconds ? policy.CreditFactor * downSeconds : 0,
            BelowCommitment = downSeconds * 100 > (100 - policy.CommitmentPercent) * activeSeconds,
        };
    }
}
