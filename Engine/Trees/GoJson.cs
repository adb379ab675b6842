using System.Buffers;
using System.Buffers.Text;

namespace BackupOnline.Engine.Trees;

/// <summary>
/// JSON exactly as Go's encoder writes it: a tree's id is the hash of its bytes, so that a different escape would store the tree a second time.
/// </summary>
internal static class GoJson
{
    private const string Hex = "0123456789abcdef";

    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\', (byte)'<', (byte)'>', (byte)'&', .. Enumerable.Range(128, 128).Select(i => (byte)i)]);

    /// <summary>The string with its quotation marks; <c>&lt; &gt; &amp;</c>, U+2028 and U+2029 are escaped, malformed UTF-8 becomes U+FFFD.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Special) is >= 0 and var end ? text[..end] : text;
            output.Write(plain);
            text = text[plain.Length..];
            if (text.IsEmpty)
                break;
            text = text[WriteSpecial(text, output)..];
        }

        output.Write("\""u8);
    }

    public static void WriteNumber(ulong value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        output.Advance(written);
    }

    /// <summary>Writes the first character and returns how many bytes of the text it was.</summary>
    private static int WriteSpecial(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        var first = text[0];
        if (first < 128)
        {
            var letter = first switch { (byte)'"' or (byte)'\\' => first, (byte)'\n' => (byte)'n', (byte)'\r' => (byte)'r', (byte)'\t' => (byte)'t', _ => (byte)0 };
            if (letter != 0)
                output.Write([(byte)'\\', letter]);
            else
                output.Write([.. "\\u00"u8, (byte)Hex[first >> 4], (byte)Hex[first & 15]]);
            return 1;
        }

        if (System.Text.Rune.DecodeFromUtf8(text, out var rune, out var width) != OperationStatus.Done)
        {
            output.Write("\\ufffd"u8);
            return 1;
        }

        if (rune.Value is 0x2028 or 0x2029)
            output.Write(rune.Value == 0x2028 ? "\\u2028"u8 : "\\u2029"u8);
        else
            output.Write(text[..width]);
        return width;
    }
}
