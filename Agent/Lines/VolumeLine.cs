using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: a volume of a recovery point. <paramref name="Kind"/> is null for what is not known.</summary>
internal sealed record VolumeLine(string Volume, string Disk, long Offset, long Size, string? Kind)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "volume";
}
