using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>One examined point.</summary>
internal sealed record DoctorLine(string Point, string Verdict, string Finding, string? Advice)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "doctor";
}
