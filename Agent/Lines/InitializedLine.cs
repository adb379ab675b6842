using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's answer of init.</summary>
internal sealed record InitializedLine(string Id, string Repository)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "initialized";
}
