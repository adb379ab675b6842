using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Mounting;

/// <summary>What stands at a name that only the mount has: a snapshot, a link to a name beside it, or, without both, a folder.</summary>
internal sealed record MountPlace(Snapshot? Snapshot = null, string? Link = null);
