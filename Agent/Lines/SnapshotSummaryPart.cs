using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Lines;

/// <summary>The summary inside a snapshot line, field by field as restic keeps it.</summary>
internal sealed record SnapshotSummaryPart(
    DateTimeOffset BackupStart,
    DateTimeOffset BackupEnd,
    ulong FilesNew,
    ulong FilesChanged,
    ulong FilesUnmodified,
    ulong DirsNew,
    ulong DirsChanged,
    ulong DirsUnmodified,
    long DataBlobs,
    long TreeBlobs,
    ulong DataAdded,
    ulong DataAddedPacked,
    ulong TotalFilesProcessed,
    ulong TotalBytesProcessed)
{
    public static SnapshotSummaryPart Of(SnapshotSummary summary) => new(
        summary.BackupStart,
        summary.BackupEnd,
        summary.FilesNew,
        summary.FilesChanged,
        summary.FilesUnmodified,
        summary.DirsNew,
        summary.DirsChanged,
        summary.DirsUnmodified,
        summary.DataBlobs,
        summary.TreeBlobs,
        summary.DataAdded,
        summary.DataAddedPacked,
        summary.TotalFilesProcessed,
        summary.TotalBytesProcessed);
}
