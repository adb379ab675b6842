using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Keys;

/// <summary>A key file as a list shows it.</summary>
/// <param name="Id">Name of the key file.</param>
/// <param name="Created">By the clock of the machine that made it.</param>
/// <param name="Username">Who made it; as that machine said.</param>
/// <param name="Hostname">Where.</param>
/// <param name="IsCurrent">Whether this key opened the repository.</param>
public sealed record KeyInfo(ObjectId Id, DateTimeOffset Created, string? Username, string? Hostname, bool IsCurrent);
