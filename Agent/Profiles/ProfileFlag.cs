namespace BackupOnline.Agent.Profiles;

/// <summary>A flag with its value; null for one that takes none.</summary>
internal readonly record struct ProfileFlag(string Name, string? Value);
