using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>A source or target that failed; on standard error.</summary>
internal sealed record ErrorLine(ErrorText Error, string During, string Item)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "error";
}
