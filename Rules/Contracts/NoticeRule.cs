using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>Notice of a tacit renewal (article 4; code de la consommation, article L. 215-1).</summary>
public static class NoticeRule
{
    /// <summary>The valid days: from 3 to 1 calendar months before <paramref name="endDate"/>, each clamped to its month's last day, both inclusive.</summary>
    /// <param name="endDate">Civil date of the period's credited end.</param>
    public static NoticeWindow Window(LocalDate endDate, ContractPolicy policy) =>
        new(endDate.PlusMonths(-policy.NoticeEarliestMonths), endDate.PlusMonths(-policy.NoticeLatestMonths));

    /// <summary>The day on which the notice should go out: the policy's lead before the last valid day, but not before the first.</summary>
    public static LocalDate DueOn(LocalDate endDate, ContractPolicy policy)
    {
        var window = Window(endDate, policy);
        return LocalDate.Max(window.Earliest, window.Latest.PlusDays(-policy.NoticeLeadDays));
    }

    /// <summary>Judges the notices of a period that ends on <paramref name="endDate"/>. Without protection none is owed; otherwise one of them must lie within the window.</summary>
    /// <param name="sent">Civil days on which it was sent; none when it never was.</param>
    public static NoticeVerdict Judge(LocalDate endDate, IEnumerable<LocalDate> sent, bool isProtected, ContractPolicy policy)
    {
        var window = Window(endDate, policy);
        var valid = !isProtected || sent.Any(window.Contains);
        return new(valid, !valid);
    }
}
