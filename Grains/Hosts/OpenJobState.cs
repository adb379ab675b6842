using BackupOnline.Grains.Interfaces.Jobs;

namespace BackupOnline.Grains.Hosts;

/// <summary>A run that has not ended, as far as the host knows. One per vault and kind.</summary>
internal sealed record OpenJobState(string Id, JobKind Kind, string Vault);
