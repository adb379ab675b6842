using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: an entry of a folder inside a disk. <paramref name="Type"/> is file, dir or other; <paramref name="Size"/> is absent where it is not known.</summary>
internal sealed record VolumeFileLine(string Name, string Path, string Type, long? Size)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "volume_file";
}
