using BackupOnline.Agent.Door;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Archiving;

namespace BackupOnline.Agent.Commands;

/// <summary>A backup's progress and result, for the screen, for programs, for the door.</summary>
internal static class BackupReport
{
    public static Progress ForScreen(BackupProgressState state, Pacer? pacer, Speech speech) => new()
    {
        FilesDone = state.FilesDone,
        FilesTotal = state.FilesTotal,
        BytesDone = state.BytesDone,
        BytesTotal = state.BytesTotal,
        BytesSent = state.BytesStored,
        Errors = state.Errors,
        Current = state.CurrentFiles.Count > 0 ? state.CurrentFiles[0].ToString() : null,
        Note = pacer is null ? null : PlanFollowing.Note(pacer, speech),
    };

    public static JobProgress ForDoor(BackupProgressState state) =>
        new(state.FilesDone, state.FilesTotal, state.BytesDone, state.BytesTotal, state.BytesStored, state.Errors);

    public static void Status(Screen screen, Progress now, TimeSpan elapsed, double bytesPerSecond, BackupProgressState state, Pacer? pacer) => screen.Line(
        new BackupStatusLine
        {
            SecondsElapsed = (long)elapsed.TotalSeconds,
            SecondsRemaining = state.TotalsKnown && bytesPerSecond >= 1 ? (long)((now.BytesTotal - now.BytesDone) / bytesPerSecond) : 0,
            PercentDone = now.Fraction,
            TotalFiles = now.FilesTotal,
            FilesDone = now.FilesDone,
            TotalBytes = now.BytesTotal,
            BytesDone = now.BytesDone,
            ErrorCount = now.Errors,
            CurrentFiles = state.CurrentFiles.Count > 0 ? [.. state.CurrentFiles.Select(path => path.ToString())] : null,
            Pace = pacer?.Present?.Kind,
            PaceUntil = pacer?.Present?.To,
        },
        AgentJson.Lines.BackupStatusLine);

    public static void Summary(Screen screen, BackupResult result, bool dryRun)
    {
        var summary = result.Summary;
        if (screen.Json)
        {
            screen.Line(Line(result, dryRun), AgentJson.Lines.BackupSummaryLine);
            return;
        }

        screen.Tell(
            RunSentences.BackupSummary,
            summary.FilesNew,
            summary.FilesChanged,
            summary.FilesUnmodified,
            summary.DirsNew,
            summary.DirsChanged,
            summary.DirsUnmodified,
            Quantity.Bytes((long)summary.DataAdded),
            Quantity.Bytes((long)summary.DataAddedPacked),
            summary.TotalFilesProcessed,
            Quantity.Bytes((long)summary.TotalBytesProcessed),
            Quantity.Duration(result.Duration));
        if (dryRun)
            screen.Tell(RunSentences.DryRun);
        else if (result.IsSkipped)
            screen.Tell(StreamSentences.Skipped);
        else
            screen.Tell(RunSentences.SnapshotSaved, result.Snapshot.Id.ToString()[..8]);
        if (result.ErrorCount > 0)
            screen.Warn(RunSentences.SourcesFailed, result.ErrorCount);
    }

    private static BackupSummaryLine Line(BackupResult result, bool dryRun) => new()
    {
        DryRun = dryRun,
        FilesNew = (long)result.Summary.FilesNew,
        FilesChanged = (long)result.Summary.FilesChanged,
        FilesUnmodified = (long)result.Summary.FilesUnmodified,
        DirsNew = (long)result.Summary.DirsNew,
        DirsChanged = (long)result.Summary.DirsChanged,
        DirsUnmodified = (long)result.Summary.DirsUnmodified,
        DataBlobs = result.Summary.DataBlobs,
        TreeBlobs = result.Summary.TreeBlobs,
        DataAdded = (long)result.Summary.DataAdded,
        DataAddedPacked = (long)result.Summary.DataAddedPacked,
        TotalFilesProcessed = (long)result.Summary.TotalFilesProcessed,
        TotalBytesProcessed = (long)result.Summary.TotalBytesProcessed,
        TotalDuration = result.Duration.TotalSeconds,
        BackupStart = result.Summary.BackupStart,
        BackupEnd = result.Summary.BackupEnd,
        SnapshotId = dryRun || result.IsSkipped ? null : result.Snapshot.Id.ToString(),
    };
}
