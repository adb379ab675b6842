using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: how many locks were removed.</summary>
internal sealed record UnlockedLine(int LocksRemoved)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
