using System.Text.Json;
using System.Text.Json.Serialization;
using BackupOnline.Grains.Records;
using BackupOnline.Rules.Jobs;

namespace BackupOnline.Grains.Jobs;

/// <summary>The rule's state of a run inside the grain's state: Rules knows nothing of JSON.</summary>
internal sealed class JobRunJson : JsonConverter<JobRun>
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Converters = { new InstantJson(), new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public override JobRun? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<JobRun>(ref reader, Form);

    public override void Write(Utf8JsonWriter writer, JobRun value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Form);
}
