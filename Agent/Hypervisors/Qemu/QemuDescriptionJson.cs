using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Hypervisors.Qemu;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(QemuDescription))]
internal sealed partial class QemuDescriptionJson : JsonSerializerContext;
