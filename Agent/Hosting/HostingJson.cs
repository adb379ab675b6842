using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Hosting;

/// <summary>The door's JSON for hosts: camel case, see docs/hot-backup.md.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttemptRequest))]
[JsonSerializable(typeof(MachineReport))]
[JsonSerializable(typeof(IReadOnlyList<OfferedWork>))]
[JsonSerializable(typeof(SealedKey))]
[JsonSerializable(typeof(TakenWork))]
[JsonSerializable(typeof(WorkOutcome))]
internal sealed partial class HostingJson : JsonSerializerContext;
