using System.Collections.Immutable;
using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>
/// The periods of a contract (article 4). Boundary k is the anchor, the civil date of the first payment, plus k terms of calendar months, clamped to the month's last
/// day: always from the anchor, never chained. Credits (article 6) are an offset of the ends; the anchor never moves, and the order of credits does not matter.
/// </summary>
public sealed class TermCalendar
{
    private readonly Instant firstPaymentAt;
    private readonly int termMonths;
    private readonly DateTimeZone zone;
    private readonly ImmutableArray<TermCredit> credits;

    /// <param name="firstPaymentAt">The first period starts in this very instant.</param>
    /// <param name="policy">Its zone and its length of a term.</param>
    /// <param name="credits">In any order; several for one month add up.</param>
    public TermCalendar(Instant firstPaymentAt, ContractPolicy policy, IEnumerable<TermCredit> credits)
    {
        this.firstPaymentAt = firstPaymentAt;
        termMonths = policy.TermMonths;
        zone = policy.Zone;
        this.credits = [.. credits.OrderBy(credit => credit.CountsFrom)];
        AnchorDate = firstPaymentAt.InZone(zone).Date;
    }

    /// <summary>Civil date of the first payment.</summary>
    public LocalDate AnchorDate { get; }

    /// <summary>The nominal end of period <paramref name="index"/> (1 or more), without credits.</summary>
    public LocalDate Boundary(int index) => AnchorDate.PlusMonths(termMonths * index);

    /// <summary>
    /// The end of period <paramref name="index"/> (1 or more) of a contract that goes on: the local midnight at or after the boundary plus all credits that count from that end or
    /// before. A credit that moves the end into a later month brings in that month's credits, until nothing changes.
    /// </summary>
    public TermEnd End(int index)
    {
        var boundary = StartOf(Boundary(index));
        var (sum, taken) = (0L, 0);
        while (true)
        {
            var end = MidnightAtOrAfter(boundary + Duration.FromSeconds(sum), zone);
            var before = taken;
            for (; taken < credits.Length && credits[taken].CountsFrom <= end; taken++) sum += credits[taken].Seconds;
            if (taken == before) return new(end, sum);
        }
    }

    /// <summary>
    /// The end of period <paramref name="index"/> when it is the last one: credits of every month that this period touches count as well, although they are sealed after
    /// <see cref="End"/>. Nothing that happens after <see cref="End"/> counts: there the contract ended when it was terminated.
    /// </summary>
    public TermEnd LastEnd(int index)
    {
        var end = End(index).At;
        var sum = credits
            .Where(credit => credit.CountsFrom <= end || CivilMonth.In(credit.Month, zone).Start < end)
            .Sum(credit => credit.Seconds);
        return new(MidnightAtOrAfter(StartOf(Boundary(index)) + Duration.FromSeconds(sum), zone), sum);
    }

    /// <summary>Period <paramref name="index"/> (1 or more).</summary>
    /// <param name="isLast">True when the contract ends with it.</param>
    public TermPeriod Period(int index, bool isLast = false)
    {
        var end = isLast ? LastEnd(index) : End(index);
        return new()
        {
            Index = index,
            Start = index == 1 ? firstPaymentAt : End(index - 1).At,
            NominalEnd = StartOf(Boundary(index)),
            NominalEndDate = Boundary(index),
            End = end.At,
            EndDate = end.At.InZone(zone).Date,
            CreditSeconds = end.CreditSeconds,
        };
    }

    /// <summary>The index of the period in which <paramref name="instant"/> lies, of a contract that goes on; 1 for instants before the first payment.</summary>
    public int IndexAt(Instant instant)
    {
        // Ends only grow with the index; credits only make the index smaller than the anchor alone would.
        var months = NodaTime.Period.Between(AnchorDate, LocalDate.Max(AnchorDate, instant.InZone(zone).Date), PeriodUnits.Months).Months;
        var (low, high) = (1, (months / termMonths) + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (instant < End(middle).At) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>The first local midnight at or after <paramref name="instant"/>: the first instant of a civil day.</summary>
    internal static Instant MidnightAtOrAfter(Instant instant, DateTimeZone zone)
    {
        var date = instant.InZone(zone).Date;
        var start = zone.AtStartOfDay(date).ToInstant();
        return start == instant ? start : zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
    }

    private Instant StartOf(LocalDate date) => zone.AtStartOfDay(date).ToInstant();
}
