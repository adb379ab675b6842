namespace BackupOnline.Persistence.Schedules;

/// <summary>What one look at a partition found.</summary>
/// <param name="NextReady">When the earliest row that was not claimed may be claimed, or a lease ends; null for an empty partition. In the past when more is due than was asked for.</param>
public sealed record ScheduleClaim(IReadOnlyList<ClaimedFiring> Firings, DateTimeOffset? NextReady);
