using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's last line of a comparison.</summary>
internal sealed record StatisticsLine(string SourceSnapshot, string TargetSnapshot, long ChangedFiles, DifferencePart Added, DifferencePart Removed)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "statistics";
}
