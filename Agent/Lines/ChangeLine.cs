using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's line for one difference between two snapshots.</summary>
internal sealed record ChangeLine(string Path, string Modifier)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "change";
}
