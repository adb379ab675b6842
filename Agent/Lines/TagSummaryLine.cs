using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>The end of restic's tag.</summary>
internal sealed record TagSummaryLine(int ChangedSnapshots)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
