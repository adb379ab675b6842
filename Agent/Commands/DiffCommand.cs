using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Comparing;

namespace BackupOnline.Agent.Commands;

internal static class DiffCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var first = new Argument<string>("snapshot") { Description = screen.Speech.Say(DiffSentences.First) };
        var second = new Argument<string>("snapshot2") { Description = screen.Speech.Say(DiffSentences.Second), HelpName = "snapshot" };
        var metadata = new Option<bool>("--metadata") { Description = screen.Speech.Say(DiffSentences.Metadata) };
        var command = new Command("diff", screen.Speech.Say(DiffSentences.Verb)) { first, second, metadata };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var (one, other) = (context.Parsed.GetRequiredValue(first), context.Parsed.GetRequiredValue(second));
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var (oneId, oneFolder) = SnapshotFolder.Split(one);
            var (otherId, otherFolder) = SnapshotFolder.Split(other);
            var before = await open.Repository.FindSnapshotAsync(oneId, null, cancellation);
            var after = await open.Repository.FindSnapshotAsync(otherId, null, cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            var beforeTree = await SnapshotFolder.TreeAsync(open.Repository, before, oneFolder, cancellation);
            var afterTree = await SnapshotFolder.TreeAsync(open.Repository, after, otherFolder, cancellation);
            var comparison = new Comparison(open.Repository, context.Parsed.GetValue(metadata), change => Show(screen, change));
            var result = await held.GuardAsync(token => comparison.RunAsync(beforeTree, afterTree, token));
            if (screen.Json)
                screen.Line(new StatisticsLine(one, other, result.ChangedFiles, DifferencePart.Of(result.Added), DifferencePart.Of(result.Removed)), AgentJson.Lines.StatisticsLine);
            else
                ShowSummary(screen, result);
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static void Show(Screen screen, TreeChange change)
    {
        if (screen.Json)
            screen.Line(new ChangeLine(change.Path.ToString(), change.Modifier), AgentJson.Lines.ChangeLine);
        else
            screen.Result(change.Modifier.PadRight(5) + PathText.ForScreen(change.Path.ToString()));
    }

    private static void ShowSummary(Screen screen, ComparisonResult result) => screen.Tell(
        DiffSentences.Summary,
        result.Added.Files,
        result.Removed.Files,
        result.ChangedFiles,
        result.Added.Folders,
        result.Removed.Folders,
        result.Added.Others,
        result.Removed.Others,
        result.Added.DataBlobs,
        result.Removed.DataBlobs,
        result.Added.TreeBlobs,
        result.Removed.TreeBlobs,
        Quantity.Bytes(result.Added.Bytes),
        Quantity.Bytes(result.Removed.Bytes));
}
