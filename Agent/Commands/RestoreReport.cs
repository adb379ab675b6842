using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Restoring;

namespace BackupOnline.Agent.Commands;

/// <summary>A restore's progress and result, for the screen, for programs, for the door.</summary>
internal static class RestoreReport
{
    public static Progress ForScreen(RestoreProgressState state) => new()
    {
        FilesDone = state.FilesDone,
        FilesTotal = state.FilesTotal,
        BytesDone = state.BytesDone,
        BytesTotal = state.BytesTotal,
        Errors = state.Errors,
    };

    public static JobProgress ForDoor(RestoreProgressState state) => new(state.FilesDone, state.FilesTotal, state.BytesDone, state.BytesTotal, 0, state.Errors);

    public static void Status(Screen screen, Progress now, TimeSpan elapsed) => screen.Line(
        new RestoreStatusLine
        {
            MessageType = "status",
            SecondsElapsed = (long)elapsed.TotalSeconds,
            PercentDone = now.Fraction,
            TotalFiles = now.FilesTotal,
            FilesRestored = now.FilesDone,
            TotalBytes = now.BytesTotal,
            BytesRestored = now.BytesDone,
        },
        AgentJson.Lines.RestoreStatusLine);

    public static void Summary(Screen screen, RestoreResult result)
    {
        foreach (var error in result.Errors)
            screen.ItemFailed("restore", error.Path.ToString(), error.Reason);
        if (screen.Json)
        {
            screen.Line(
                new RestoreStatusLine
                {
                    MessageType = "summary",
                    SecondsElapsed = (long)result.Duration.TotalSeconds,
                    TotalFiles = result.FilesWanted,
                    FilesRestored = result.Files,
                    TotalBytes = result.BytesWanted,
                    BytesRestored = result.Bytes,
                    FilesSkipped = result.FilesSkipped,
                    BytesSkipped = result.BytesSkipped,
                    FilesDeleted = result.Deleted,
                },
                AgentJson.Lines.RestoreStatusLine);
            return;
        }

        if (result.Files + result.FilesSkipped < result.FilesWanted)
            screen.Tell(RunSentences.RestorePartly, result.Files, result.FilesWanted, result.OtherItems, Quantity.Bytes(result.Bytes), Quantity.Duration(result.Duration));
        else
            screen.Tell(RunSentences.RestoreSummary, result.Files, result.OtherItems, Quantity.Bytes(result.Bytes), Quantity.Duration(result.Duration));
        if (result.FilesSkipped > 0)
            screen.Tell(RestoreSentences.Skipped, result.FilesSkipped, Quantity.Bytes(result.BytesSkipped));
        if (result.Deleted > 0)
            screen.Tell(RestoreSentences.Deleted, result.Deleted);
        if (result.FilesVerified > 0)
            screen.Tell(RestoreSentences.Verified, result.FilesVerified);
    }

    /// <summary>A repository that lost data is told as such, also when what was asked for could be restored: the next restore may need the rest.</summary>
    public static (int Code, string Message) Outcome(Speech speech, RestoreResult result, int damagedIndexes) => (result, damagedIndexes) switch
    {
        ({ DamageCount: > 0 }, _) => (ExitCode.Integrity, speech.Say(RunSentences.RestoreDamaged, result.ErrorCount, result.DamageCount)),
        ({ ErrorCount: > 0 }, > 0) => (ExitCode.Integrity, speech.Say(RunSentences.RestoreFailed, result.ErrorCount) + " " + speech.Say(RunSentences.IndexDamaged, damagedIndexes)),
        ({ ErrorCount: > 0 }, _) => (ExitCode.Fatal, speech.Say(RunSentences.RestoreFailed, result.ErrorCount)),
        (_, > 0) => (ExitCode.Integrity, speech.Say(RunSentences.RestoreDespite) + " " + speech.Say(RunSentences.IndexDamaged, damagedIndexes)),
        _ => (ExitCode.Ok, speech.Say(RunSentences.RestoreDone)),
    };
}
