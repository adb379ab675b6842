using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours, restic has none: something that a person should look at; on standard error. Readers of restic's lines skip types that they do not know.</summary>
internal sealed record WarningLine(string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "warning";
}
