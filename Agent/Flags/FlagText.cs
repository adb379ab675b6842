using System.Globalization;
using System.Text.RegularExpressions;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

/// <summary>Values of flags and variables, in restic's spelling.</summary>
internal static partial class FlagText
{
    /// <summary>Go's durations: 90s, 5m, 1h30m; 0 is allowed.</summary>
    public static TimeSpan Duration(string flag, string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        var parts = DurationParts().Match(text);
        if (!parts.Success || text.Length == 0)
            throw Bad(flag, text, FlagSentences.BadDuration);
        double Part(string name) => parts.Groups[name].Success ? double.Parse(parts.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        var seconds = (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000);
        return seconds <= TimeSpan.FromDays(365).TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw Bad(flag, text, FlagSentences.BadDuration);
    }

    /// <summary>Bytes: a number with an optional binary unit k, m, g, t in upper or lower case.</summary>
    public static long Size(string flag, string text) => Size(flag, text, FlagSentences.BadSize);

    public static long Size(string flag, string text, Sentence advice)
    {
        var digits = text.TrimEnd('b', 'B');
        var shift = digits.Length == 0 ? 0 : char.ToLowerInvariant(digits[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, 't' => 40, _ => 0 };
        return long.TryParse(shift == 0 ? digits : digits[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue >> shift
            ? number << shift
            : throw Bad(flag, text, advice);
    }

    public static int Number(string flag, string text, int least, int most, Sentence advice) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Bad(flag, text, advice);

    /// <summary>Local time, as restic's --time: "2026-01-31 23:59:00", or with the time left out.</summary>
    public static DateTimeOffset Time(string flag, string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "O"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? time
            : throw Bad(flag, text, FlagSentences.BadTime);

    public static AgentStop Bad(string flag, string text, Sentence advice) => new(ExitCode.Fatal, FlagSentences.BadValue, flag, text, advice);

    [GeneratedRegex(@"^(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m(?!s))?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationParts();
}
