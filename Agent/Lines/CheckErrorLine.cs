using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Something that a check found wrong; on standard error.</summary>
internal sealed record CheckErrorLine(string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; init; } = "error";
}
