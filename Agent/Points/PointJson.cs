using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Points;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(PointDescription))]
internal sealed partial class PointJson : JsonSerializerContext;
