using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>One piece of demand: what is to be moved, from when on. The same for every variant of the fleet.</summary>
/// <param name="Day">Civil day on which it is wanted.</param>
/// <param name="Announced">What the source holds, which a first or full backup can tell before it starts; more than it will send.</param>
/// <param name="Bend">How far the source's progress runs ahead of (below 1) or behind the bytes sent: progress = (sent/bytes)^bend.</param>
/// <param name="Clock">Slots after the tenant's daily start at which it begins (0 for daily backups).</param>
public sealed record Work(WorkKind Kind, LocalDate Day, long Bytes, long Announced, double Bend, int Clock);
