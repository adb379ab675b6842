using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Comparing;

/// <summary>One difference between two snapshots.</summary>
/// <param name="Path">From <c>/</c>; a folder has a slash at its end.</param>
/// <param name="Modifier">
/// restic's letters: <c>+</c> added, <c>-</c> removed; or one or two of <c>T</c> another type, <c>M</c> other content, followed by <c>?</c> when nothing else
/// of the file differs (bit rot, or a backup that did not compare inode and ctime), <c>U</c> other metadata.
/// </param>
public sealed record TreeChange(RawPath Path, string Modifier);
