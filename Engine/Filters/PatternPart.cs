using System.Buffers;
using System.Text;

namespace BackupOnline.Engine.Filters;

/// <summary>
/// The pattern of one path component, with the meaning of Go's <c>filepath.Match</c>: <c>*</c> any bytes, <c>?</c> one character, <c>[...]</c> one character
/// of a class, <c>\</c> the next character itself. A byte that is not UTF-8 counts as one character, U+FFFD.
/// </summary>
internal sealed class PatternPart
{
    private readonly byte[] _text;
    private readonly bool _isPlain;

    public PatternPart(byte[] text)
    {
        _text = text;
        _isPlain = text.AsSpan().IndexOfAny("\\[]*?"u8) < 0;
        IsAnyDepth = text.AsSpan().SequenceEqual("**"u8);
        IsRoot = text is [(byte)'/'];
    }

    /// <summary>A component of any name.</summary>
    public static PatternPart AnyName { get; } = new("*"u8.ToArray());

    /// <summary>The component stands for any number of components.</summary>
    public bool IsAnyDepth { get; }

    public bool IsRoot { get; }

    public bool IsWellFormed
    {
        get
        {
            ReadOnlySpan<byte> rest = _text;
            while (!rest.IsEmpty)
            {
                if (rest[0] is (byte)'*')
                    rest = rest[1..];
                else if (!TryOne(ref rest, "x"u8, out _))
                    return false;
            }

            return true;
        }
    }

    public bool Matches(ReadOnlySpan<byte> name) => _isPlain ? name.SequenceEqual(_text) : MatchesFrom(_text, name);

    /// <summary>Greedy with one point of return: on a mismatch the last star takes one byte more.</summary>
    private static bool MatchesFrom(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> afterStar = default;
        ReadOnlySpan<byte> starName = default;
        var starred = false;
        while (true)
        {
            if (!pattern.IsEmpty && pattern[0] == '*')
            {
                pattern = pattern[1..];
                afterStar = pattern;
                starName = name;
                starred = true;
                continue;
            }

            if (pattern.IsEmpty && name.IsEmpty)
                return true;
            if (!pattern.IsEmpty && !name.IsEmpty && TryOne(ref pattern, name, out var width) && width > 0)
            {
                name = name[width..];
                continue;
            }

            if (!starred || starName.IsEmpty)
                return false;
            starName = starName[1..];
            pattern = afterStar;
            name = starName;
        }
    }

    /// <summary>
    /// Takes one element off the pattern. <paramref name="width"/> is how many bytes of the name it matched, 0 for none. False when the pattern is malformed.
    /// </summary>
    private static bool TryOne(ref ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name, out int width)
    {
        var rest = name;
        var rune = Take(ref rest);
        width = name.Length - rest.Length;
        if (pattern[0] == '?')
        {
            pattern = pattern[1..];
            return true;
        }

        if (pattern[0] == '[')
        {
            var wellFormed = TryClass(ref pattern, rune, out var matched);
            width = matched ? width : 0;
            return wellFormed;
        }

        if (pattern[0] == '\\')
            pattern = pattern[1..];
        if (pattern.IsEmpty)
            return false;
        width = pattern[0] == name[0] ? 1 : 0;
        pattern = pattern[1..];
        return true;
    }

    private static bool TryClass(ref ReadOnlySpan<byte> pattern, Rune rune, out bool matched)
    {
        matched = false;
        pattern = pattern[1..];
        var negated = !pattern.IsEmpty && pattern[0] == '^';
        if (negated)
            pattern = pattern[1..];
        for (var count = 0; ; count++)
        {
            if (!pattern.IsEmpty && pattern[0] == ']' && count > 0)
                break;
            if (!TryBound(ref pattern, out var low))
                return false;
            var high = low;
            if (!pattern.IsEmpty && pattern[0] == '-')
            {
                pattern = pattern[1..];
                if (!TryBound(ref pattern, out high))
                    return false;
            }

            matched |= low <= rune && rune <= high;
        }

        pattern = pattern[1..];
        matched ^= negated;
        return true;
    }

    private static bool TryBound(ref ReadOnlySpan<byte> pattern, out Rune bound)
    {
        bound = default;
        if (pattern.IsEmpty || pattern[0] is (byte)'-' or (byte)']')
            return false;
        if (pattern[0] == '\\')
            pattern = pattern[1..];
        if (pattern.IsEmpty)
            return false;
        bound = Take(ref pattern);
        return !pattern.IsEmpty;
    }

    private static Rune Take(ref ReadOnlySpan<byte> text)
    {
        var status = Rune.DecodeFromUtf8(text, out var rune, out var width);
        text = text[(status == OperationStatus.Done ? width : 1)..];
        return rune;
    }
}
