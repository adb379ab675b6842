using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Why the process ends with this code; the last line on standard error.</summary>
internal sealed record ExitErrorLine(int Code, string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "exit_error";
}
