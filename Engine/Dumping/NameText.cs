using System.Buffers;
using System.Globalization;
using System.Text;
using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Dumping;

/// <summary>A path as text for an archive: bytes that are not UTF-8 become <c>\xHH</c>, so that two names do not become one.</summary>
internal static class NameText
{
    public static string Of(RawPath path)
    {
        if (System.Text.Unicode.Utf8.IsValid(path.Bytes))
            return path.ToString();
        var text = new StringBuilder(path.Length + 16);
        for (var rest = path.Bytes; !rest.IsEmpty;)
        {
            var isRune = Rune.DecodeFromUtf8(rest, out var rune, out var width) == OperationStatus.Done;
            if (isRune)
                text.Append(rune.ToString());
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{rest[0]:x2}");
            rest = rest[(isRune ? width : 1)..];
        }

        return text.ToString();
    }
}
