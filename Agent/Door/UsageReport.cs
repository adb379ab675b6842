namespace BackupOnline.Agent.Door;

/// <summary>What the customer uses, as the door tells it; see docs/traffic.md.</summary>
internal sealed record UsageReport(string Tenant, long? QuotaBytes, IReadOnlyList<VaultUsage> Vaults, TrafficMonth Traffic);
