using System.Globalization;
using System.Text;

namespace BackupOnline.Engine.Mounting;

/// <summary>
/// A moment as a layout of Go's <c>time</c> package shows it, which is how restic's users write times of folders: the layout is the moment 2006-01-02 15:04:05 -0700 written as wished.
/// What is no part of that moment stands as it is.
/// </summary>
internal static class GoTimeLayout
{
    /// <summary>RFC 3339 with seconds.</summary>
    public const string Rfc3339 = "2006-01-02T15:04:05Z07:00";

    // The longest that fits wins, as in Go.
    private static readonly (string Token, Func<DateTimeOffset, string> Write)[] Tokens =
    [
        ("January", time => Text(time, "MMMM")),
        ("Monday", time => Text(time, "dddd")),
        ("Z07:00", time => time.Offset == TimeSpan.Zero ? "Z" : Text(time, "zzz")),
        ("-07:00", time => Text(time, "zzz")),
        ("Z0700", time => time.Offset == TimeSpan.Zero ? "Z" : Text(time, "zzz").Replace(":", "", StringComparison.Ordinal)),
        ("-0700", time => Text(time, "zzz").Replace(":", "", StringComparison.Ordinal)),
        ("2006", time => Text(time, "yyyy")),
        (".000", time => Text(time, ".fff")),
        ("-07", time => Text(time, "zzz")[..3]),
        ("Jan", time => Text(time, "MMM")),
        ("Mon", time => Text(time, "ddd")),
        ("MST", time => time.Offset == TimeSpan.Zero ? "UTC" : Text(time, "zzz").Replace(":", "", StringComparison.Ordinal)),
        ("002", time => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture)),
        ("01", time => Text(time, "MM")),
        ("02", time => Text(time, "dd")),
        ("03", time => Text(time, "hh")),
        ("04", time => Text(time, "mm")),
        ("05", time => Text(time, "ss")),
        ("06", time => Text(time, "yy")),
        ("15", time => Text(time, "HH")),
        ("PM", time => Text(time, "tt")),
        ("_2", time => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)),
        ("1", time => time.Month.ToString(CultureInfo.InvariantCulture)),
        ("2", time => time.Day.ToString(CultureInfo.InvariantCulture)),
        ("3", time => Text(time, "%h")),
        ("4", time => time.Minute.ToString(CultureInfo.InvariantCulture)),
        ("5", time => time.Second.ToString(CultureInfo.InvariantCulture)),
    ];

    public static string Format(string layout, DateTimeOffset time)
    {
        var text = new StringBuilder();
        for (var at = 0; at < layout.Length;)
        {
            var (token, write) = Array.Find(Tokens, known => layout.AsSpan(at).StartsWith(known.Token, StringComparison.Ordinal));
            text.Append(token is null ? layout[at].ToString() : write(time));
            at += token?.Length ?? 1;
        }

        return text.ToString();
    }

    private static string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
