namespace BackupOnline.Engine.Comparing;

/// <summary>The sums of a comparison.</summary>
/// <param name="ChangedFiles">Files on both sides with other content.</param>
/// <param name="Added">Only in the second.</param>
/// <param name="Removed">Only in the first.</param>
public sealed record ComparisonResult(long ChangedFiles, DifferenceCount Added, DifferenceCount Removed);
