using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>One file or folder that could not be handled; the rest went on.</summary>
/// <param name="Path">The absolute path, or the path in the snapshot.</param>
/// <param name="Reason">For the user: what failed, without the path.</param>
public sealed record ItemError(RawPath Path, string Reason);
