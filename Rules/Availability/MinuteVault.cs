using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>A vault whose minutes are owed.</summary>
public sealed record MinuteVault(string Name, Instant CreatedAt);
