using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>A snapshot that a new one with other tags replaces, as restic 0.18 tells it.</summary>
internal sealed record TagChangedLine(string OldSnapshotId, string NewSnapshotId)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "changed";
}
