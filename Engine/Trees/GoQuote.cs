using System.Buffers;
using System.Globalization;
using System.Text;

namespace BackupOnline.Engine.Trees;

/// <summary>
/// The escapes of Go string literals, without the quotation marks. The repository format writes names so, because JSON alone cannot carry bytes that are not UTF-8.
/// </summary>
/// <remarks>
/// What is printable follows the Unicode tables at hand: a character assigned after the tables of another client's Go is written literally here and escaped there.
/// Both read both; such a name only makes its tree blob differ.
/// </remarks>
internal static class GoQuote
{
    private const string Hex = "0123456789abcdef";

    public static void Quote(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        while (!name.IsEmpty)
        {
            var plain = name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is >= 0 and var end ? name[..end] : name;
            if (plain.IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var special)
                plain = plain[..special];
            if (!plain.IsEmpty)
            {
                output.Write(plain);
                name = name[plain.Length..];
                continue;
            }

            if (Rune.DecodeFromUtf8(name, out var rune, out var width) != OperationStatus.Done)
            {
                // Go goes on after one byte of a malformed sequence, whatever its length.
                output.Write([(byte)'\\', (byte)'x', (byte)Hex[name[0] >> 4], (byte)Hex[name[0] & 15]]);
                name = name[1..];
                continue;
            }

            if (rune.Value is '"' or '\\')
                output.Write([(byte)'\\', (byte)rune.Value]);
            else if (IsPrintable(rune))
                output.Write(name[..width]);
            else
                Escape(rune.Value, output);
            name = name[width..];
        }
    }

    /// <summary>False when the text is no Go literal.</summary>
    public static bool TryUnquote(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny((byte)'\\', (byte)'"', (byte)'\n') is >= 0 and var end ? text[..end] : text;
            output.Write(plain);
            text = text[plain.Length..];
            if (text.IsEmpty)
                return true;
            if (text[0] != '\\' || text.Length < 2)
                return false;

            var kind = text[1];
            text = text[2..];
            var simple = "abfnrtv\\\"".IndexOf((char)kind);
            if (simple >= 0)
            {
                output.Write(["\a\b\f\n\r\t\v\\\""u8[simple]]);
                continue;
            }

            var (digits, radix) = kind switch
            {
                (byte)'x' => (2, 16),
                (byte)'u' => (4, 16),
                (byte)'U' => (8, 16),
                >= (byte)'0' and <= (byte)'7' => (2, 8),
                _ => (0, 0),
            };
            if (digits == 0 || text.Length < digits)
                return false;
            long value = radix == 8 ? kind - '0' : 0;
            foreach (var digit in text[..digits])
            {
                var number = char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : 16;
                if (number >= radix)
                    return false;
                value = (value * radix) + number;
            }

            text = text[digits..];
            if (digits == 2)
            {
                if (value > 255)
                    return false;
                output.Write([(byte)value]);
            }
            else
            {
                if (value > 0x10ffff || !Rune.IsValid((int)value))
                    return false;
                output.Write(utf8[..new Rune((int)value).EncodeToUtf8(utf8)]);
            }
        }

        return true;
    }

    private static void Escape(int value, IBufferWriter<byte> output)
    {
        var simple = value < 128 ? "\a\b\f\n\r\t\v".IndexOf((char)value) : -1;
        if (simple >= 0)
        {
            output.Write([(byte)'\\', "abfnrtv"u8[simple]]);
            return;
        }

        var (letter, digits) = value < ' ' || value == 0x7f ? ('x', 2) : value < 0x10000 ? ('u', 4) : ('U', 8);
        Span<byte> escaped = stackalloc byte[2 + digits];
        escaped[0] = (byte)'\\';
        escaped[1] = (byte)letter;
        for (var i = escaped.Length - 1; i >= 2; i--, value >>= 4)
            escaped[i] = (byte)Hex[value & 15];
        output.Write(escaped);
    }

    /// <summary>Letters, marks, numbers, punctuation, symbols, and of the spaces only U+0020.</summary>
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is
        <= UnicodeCategory.OtherNumber or (>= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol);
}
