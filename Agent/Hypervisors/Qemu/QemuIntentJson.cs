using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Hypervisors.Qemu;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QemuIntent))]
internal sealed partial class QemuIntentJson : JsonSerializerContext;
