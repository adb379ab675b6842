using System.Text.Json.Serialization;
using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Lines;

/// <summary>Answer of <c>p95 --json</c>.</summary>
internal sealed record PercentileLine(TrafficMonth Month, IReadOnlyList<StatementPoint> Curve)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "p95";
}
