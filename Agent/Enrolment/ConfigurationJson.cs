using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Enrolment;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(AgentConfiguration))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
