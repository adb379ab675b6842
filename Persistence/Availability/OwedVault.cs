namespace BackupOnline.Persistence.Availability;

/// <summary>A vault whose availability is owed.</summary>
public sealed record OwedVault(string Name, DateTimeOffset CreatedAt);
