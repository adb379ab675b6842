using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: what a host showed of a rule.</summary>
internal sealed record HyperVRuleLine(string Rule, string Verdict, string Text, string Detail, string Source)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "hyperv_rule";
}
