using BackupOnline.Grains.Interfaces.Replies;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Grains.Availability;

/// <summary>Civil months as text, <c>2026-11</c>.</summary>
internal static class MonthText
{
    private static readonly YearMonthPattern Pattern = YearMonthPattern.CreateWithInvariantCulture("uuuu'-'MM");

    // Instants that every calendar and database here can hold.
    private const int FirstYear = 2000;
    private const int LastYear = 9000;

    public static Refusal Invalid { get; } = Refusal.Invalid("month-invalid", "A month is written as year and month, for example 2026-11.");

    public static YearMonth? Parse(string? text) =>
        Pattern.Parse(text ?? "") is { Success: true, Value: { Year: >= FirstYear and <= LastYear } month } ? month : null;

    public static string Format(YearMonth month) => Pattern.Format(month);
}
