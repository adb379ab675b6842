using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BackupOnline.Grains.Records;
using BackupOnline.Rules.Contracts;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Grains.Contracts;

/// <summary>The rule's state of a contract inside the grain's state: Rules knows nothing of JSON. Dates, months and zones as ISO and IANA write them, durations in seconds.</summary>
internal sealed class ContractRecordJson : JsonConverter<ContractRecord>
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Converters =
        {
            new InstantJson(),
            new TextJson<LocalDate>(LocalDatePattern.Iso.Format, text => LocalDatePattern.Iso.Parse(text).GetValueOrThrow()),
            new TextJson<YearMonth>(YearMonthPattern.Iso.Format, text => YearMonthPattern.Iso.Parse(text).GetValueOrThrow()),
            new TextJson<DateTimeZone>(zone => zone.Id, text => DateTimeZoneProviders.Tzdb[text]),
            new TextJson<Duration>(
                duration => duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                text => Duration.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture))),
            new JsonStringEnumConverter(),
        },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public override ContractRecord? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<ContractRecord>(ref reader, Form);

    public override void Write(Utf8JsonWriter writer, ContractRecord value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Form);

    private sealed class TextJson<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        // A zone's own class derives from the one that is declared.
        public override bool CanConvert(Type typeToConvert) => typeof(T).IsAssignableFrom(typeToConvert);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
