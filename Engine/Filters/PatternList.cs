using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Filters;

/// <summary>
/// Patterns in restic's language, in their order. A pattern matches a path when its components match any run of the path's components, so that <c>cache</c>
/// also matches what lies below a <c>cache</c>; with a leading <c>/</c> the run must begin at the root. Within a component <c>*</c>, <c>?</c>, <c>[a-z]</c>,
/// <c>[^a-z]</c> and <c>\</c> as in the shell; <c>**</c> is any number of components. A leading <c>!</c> takes back what the patterns before it matched.
/// </summary>
public sealed class PatternList
{
    private readonly Pattern[] _patterns;
    private readonly bool _ignoreCase;

    private PatternList(Pattern[] patterns, bool ignoreCase) => (_patterns, _ignoreCase) = (patterns, ignoreCase);

    /// <summary>Matches nothing.</summary>
    public static PatternList Empty { get; } = new([], false);

    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Reads patterns; empty ones are passed over.</summary>
    /// <param name="patterns">One pattern each.</param>
    /// <param name="ignoreCase">Compare upper and lower case alike.</param>
    /// <exception cref="FormatException">Names the pattern that is malformed.</exception>
    public static PatternList Parse(IEnumerable<string> patterns, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var parsed = patterns.Where(text => text.Length > 0 && text != "!").Select(text => Pattern.Parse(ignoreCase ? Lower(text) : text)).ToArray();
        return parsed.Length == 0 ? Empty : new PatternList(parsed, ignoreCase);
    }

    /// <summary>Whether the path is matched.</summary>
    /// <param name="path">Clean; absolute, or as in the snapshot with a leading <c>/</c>.</param>
    public bool Matches(RawPath path) => Match(path, lookBelow: false).Matched;

    /// <summary>Whether the path is matched, and whether something below it may be.</summary>
    public (bool Matched, bool BelowMayMatch) MatchWithBelow(RawPath path) => Match(path, lookBelow: true);

    private (bool Matched, bool BelowMayMatch) Match(RawPath path, bool lookBelow)
    {
        var (matched, below) = (false, false);
        if (_patterns.Length == 0)
            return (matched, below);
        var parts = PathParts.Split(_ignoreCase ? RawPath.FromText(Lower(path.ToString())) : path);
        foreach (var pattern in _patterns)
        {
            var hit = pattern.Matches(parts);
            if (pattern.IsNegated)
            {
                matched &= !hit;
                below &= !hit;
            }
            else
            {
                matched |= hit;
                below |= !lookBelow || pattern.MayMatchBelow(parts);
            }
        }

        return (matched, below);
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
