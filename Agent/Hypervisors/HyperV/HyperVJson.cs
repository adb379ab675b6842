using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Made at compile time, as NativeAOT wants it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HyperVRecord))]
[JsonSerializable(typeof(HyperVDescription))]
internal sealed partial class HyperVJson : JsonSerializerContext;
