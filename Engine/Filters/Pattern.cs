using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Filters;

/// <summary>One pattern of a <see cref="PatternList"/>.</summary>
internal sealed class Pattern
{
    private readonly PatternPart[] _parts;

    private Pattern(PatternPart[] parts, bool isNegated) => (_parts, IsNegated) = (parts, isNegated);

    /// <summary>It takes back what earlier patterns matched.</summary>
    public bool IsNegated { get; }

    private bool IsRooted => _parts.Length > 0 && _parts[0].IsRoot;

    public static Pattern Parse(string text)
    {
        if (text.Contains('\0'))
            throw new FormatException($"The pattern '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL character, which no path can. Is this a text file?");
        var negated = text.StartsWith('!');
        var path = RawPath.FromText(negated ? text[1..] : text).Clean();
        var parts = Array.ConvertAll(PathParts.Split(path), part => new PatternPart(part));
        if (parts.Any(part => !part.IsWellFormed))
            throw new FormatException($"The pattern '{text}' is malformed: a '[' needs its ']', and a '\\' the character that it escapes.");
        return new Pattern(parts, negated);
    }

    public bool Matches(ReadOnlySpan<byte[]> path) => Matches(_parts, path);

    /// <summary>Whether something below the path may match. A pattern that is not rooted may begin at any depth.</summary>
    public bool MayMatchBelow(ReadOnlySpan<byte[]> path)
    {
        if (!IsRooted)
            return true;
        var wildcard = Array.FindIndex(_parts, part => part.IsAnyDepth);
        if (wildcard >= 0 && path.Length >= wildcard)
            path = path[..wildcard];
        return Matches(_parts.AsSpan(0, Math.Min(path.Length, _parts.Length)), path);
    }

    private static bool Matches(ReadOnlySpan<PatternPart> pattern, ReadOnlySpan<byte[]> path)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i].IsAnyDepth)
                return MatchesAnyDepth(pattern, i, path);
        }

        if (pattern.IsEmpty || pattern.Length > path.Length)
            return pattern.IsEmpty && path.IsEmpty;

        // A pattern without a root does not match the root itself.
        var rooted = pattern[0].IsRoot;
        var first = !rooted && path[0] is [(byte)'/'] ? 1 : 0;
        for (var offset = rooted ? 0 : path.Length - pattern.Length; offset >= first; offset--)
        {
            if (MatchesAt(pattern, path.Slice(offset, pattern.Length)))
                return true;
        }

        return false;
    }

    /// <summary>Tries the wildcard at <paramref name="wildcard"/> as no component, one, two, and so on.</summary>
    private static bool MatchesAnyDepth(ReadOnlySpan<PatternPart> pattern, int wildcard, ReadOnlySpan<byte[]> path)
    {
        for (var depth = 0; depth <= path.Length - pattern.Length + 1; depth++)
        {
            var expanded = new PatternPart[pattern.Length - 1 + depth];
            pattern[..wildcard].CopyTo(expanded);
            Array.Fill(expanded, PatternPart.AnyName, wildcard, depth);
            pattern[(wildcard + 1)..].CopyTo(expanded.AsSpan(wildcard + depth));
            if (Matches(expanded, path))
                return true;
        }

        return false;
    }

    private static bool MatchesAt(ReadOnlySpan<PatternPart> pattern, ReadOnlySpan<byte[]> path)
    {
        for (var i = pattern.Length - 1; i >= 0; i--)
        {
            if (!pattern[i].Matches(path[i]))
                return false;
        }

        return true;
    }
}
