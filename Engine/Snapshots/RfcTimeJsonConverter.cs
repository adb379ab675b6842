using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Snapshots;

/// <summary>
/// Times as Go writes them: RFC 3339 with up to nine digits of second, trailing zeros cut, a zone or Z. .NET keeps seven digits: the rest is cut when read.
/// </summary>
internal sealed class RfcTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.GetString() ?? "", out var time) ? time : throw new JsonException("A time is written in RFC 3339.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));

    internal static string Format(DateTimeOffset time) =>
        time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    internal static bool TryParse(string text, out DateTimeOffset time)
    {
        // Seven digits are all that .NET parses: drop the eighth and ninth.
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - dot - 1 > 7)
                text = string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
