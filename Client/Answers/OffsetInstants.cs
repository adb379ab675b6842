using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BackupOnline.Client.Answers;

/// <summary>Instants of requests carry their offset (RFC 3339): one without would mean another time on another server, and might move a contract by a day.</summary>
internal sealed partial class OffsetInstants : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant) && OffsetPattern().IsMatch(reader.GetString()!)
            ? instant
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    [GeneratedRegex(@"T.*(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex OffsetPattern();
}
