using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>The term by an account of its own: plain arithmetic of years, months and days, and a fixpoint that starts over each time. Shares no code with the rule but the zone's midnights.</summary>
internal static class OwnTerm
{
    private static readonly DateTimeZone Paris = ContractPolicy.Default.Zone;

    public static LocalDate Months(LocalDate day, int months)
    {
        var month = (day.Year * 12) + day.Month - 1 + months;
        var (year, of) = (month / 12, (month % 12) + 1);
        return new(year, of, Math.Min(day.Day, DateTime.DaysInMonth(year, of)));
    }

    public static LocalDate Anchor(ContractRecord contract) => contract.FirstPaymentAt!.Value.InZone(Paris).Date;

    public static LocalDate Boundary(ContractRecord contract, int index) => Months(Anchor(contract), 3 * index);

    /// <summary>The credited end of a period of a contract that goes on, or of its last one.</summary>
    public static Instant End(ContractRecord contract, int index, bool isLast = false)
    {
        var boundary = Midnight(Boundary(contract, index));
        var end = boundary;
        while (true)
        {
            var next = Up(boundary, Seconds(contract, (month, from) => from <= end));
            if (next == end) break;
            end = next;
        }

        return isLast ? Up(boundary, Seconds(contract, (month, from) => from <= end || Midnight(new(month.Year, month.Month, 1)) < end)) : end;
    }

    public static int IndexAt(ContractRecord contract, Instant instant)
    {
        var index = 1;
        while (End(contract, index) <= instant) index++;
        return index;
    }

    public static long Credited(ContractRecord contract) => Seconds(contract, (_, _) => true);

    public static Instant Midnight(LocalDate day) => Paris.AtStartOfDay(day).ToInstant();

    /// <summary>The first midnight at or after an instant: by looking at the days around it.</summary>
    public static Instant Up(Instant from, long seconds)
    {
        var at = from + Duration.FromSeconds(seconds);
        var day = at.InUtc().Date.PlusDays(-1);
        while (Midnight(day) < at) day = day.PlusDays(1);
        return Midnight(day);
    }

    /// <summary>The last midnight at or before an instant.</summary>
    public static Instant Down(Instant at)
    {
        var day = at.InUtc().Date.PlusDays(1);
        while (Midnight(day) > at) day = day.PlusDays(-1);
        return Midnight(day);
    }

    private static long Seconds(ContractRecord contract, Func<YearMonth, Instant, bool> counts) =>
        contract.Months.Where(m => counts(m.Availability.Month, NextMonth(m.Availability.Month))).Sum(m => m.Availability.CreditSeconds)
        + contract.Corrections.Where(c => counts(c.Month, c.At)).Sum(c => c.Seconds);

    private static Instant NextMonth(YearMonth month) => Midnight(Months(new(month.Year, month.Month, 1), 1));
}
