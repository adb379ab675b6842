using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>restic's spelling of a calendar period: <c>2y5m7d3h</c>, in this order, any part may be absent.</summary>
public static class PeriodText
{
    private const int MostDigits = 6;

    public static string Format(Period period) => string.Concat(
        new[] { (period.Years, 'y'), (period.Months, 'm'), (period.Days, 'd'), ((int)period.Hours, 'h') }.Where(part => part.Item1 != 0).Select(part => $"{part.Item1}{part.Item2}"));

    /// <summary>Each unit at most once, in any order; at least one part.</summary>
    public static bool TryParse(string text, out Period period)
    {
        var parts = new Dictionary<char, int>();
        var start = 0;
        period = Period.Zero;
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at])) continue;
            if (at == start || at - start > MostDigits || !"ymdh".Contains(text[at]) || !parts.TryAdd(text[at], int.Parse(text.AsSpan(start, at - start), System.Globalization.CultureInfo.InvariantCulture)))
                return false;
            start = at + 1;
        }

        if (start != text.Length || parts.Count == 0) return false;
        int Of(char unit) => parts.GetValueOrDefault(unit);
        period = new PeriodBuilder { Years = Of('y'), Months = Of('m'), Days = Of('d'), Hours = Of('h') }.Build();
        return true;
    }
}
