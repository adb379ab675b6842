using System.Globalization;

namespace BackupOnline.Agent.Flags;

/// <summary>restic also takes --verbose=2: the same as -v twice.</summary>
internal static class Verbose
{
    private const string Prefix = "--verbose=";

    public static IReadOnlyList<string> Spread(IReadOnlyList<string> arguments)
    {
        var end = arguments.ToList().IndexOf("--");
        return [.. arguments.SelectMany((argument, at) => (end < 0 || at < end) && Times(argument) is { } times ? Enumerable.Repeat("--verbose", times) : [argument])];
    }

    private static int? Times(string argument) =>
        argument.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(argument.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? Math.Min(times, 2)
            : null;
}
