using System.Text.Json.Serialization;
using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Lines;

/// <summary>Answer of <c>usage --json</c>.</summary>
internal sealed record UsageLine(string Tenant, long? QuotaBytes, IReadOnlyList<VaultUsage> Vaults, TrafficMonth Traffic)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "usage";
}
