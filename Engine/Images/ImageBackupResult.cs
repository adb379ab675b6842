using BackupOnline.Engine.Archiving;

namespace BackupOnline.Engine.Images;

/// <summary>What a backup of images did.</summary>
/// <param name="Backup">The saved snapshot and the numbers of its summary.</param>
/// <param name="Images">One for each image, in the order in which they were given.</param>
public sealed record ImageBackupResult(BackupResult Backup, IReadOnlyList<ImageResult> Images);
