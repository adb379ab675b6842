using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.Vaults;

/// <summary>An arrival that sets and runs have not been told of yet. One per sender, the newest: an older one would change nothing for them.</summary>
internal sealed record UntoldArrival(SnapshotArrival Arrival, string? Host);
