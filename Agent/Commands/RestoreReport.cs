using BackupOnline.Agent.Door;
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
                    TotalFiles = result.Files,
                    FilesRestored = result.Files,
                    TotalBytes = result.Bytes,
                    BytesRestored = result.Bytes,
                },
                AgentJson.Lines.RestoreStatusLine);
            return;
        }

        screen.Tell(RunSentences.RestoreSummary, result.Files, result.OtherItems, Quantity.Bytes(result.Bytes), Quantity.Duration(result.Duration));
    }
}
