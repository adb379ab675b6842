using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repairing;

namespace BackupOnline.Agent.Commands;

internal static class RepairIndexCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var readAll = new Option<bool>("--read-all-packs") { Description = screen.Speech.Say(UpkeepSentences.ReadAllPacks) };
        var command = new Command("index", screen.Speech.Say(UpkeepSentences.RepairIndex)) { readAll };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation, LockMode.Exclusive);
            var progress = new RepairProgress();
            IndexRepairResult result;
            await using (new ProgressLoop(context.Screen, () => ForScreen(progress), null))
                result = await held.GuardAsync(token => IndexRepair.RepairAsync(open.Repository, context.Parsed.GetValue(readAll), progress, token));
            return Show(context.Screen, result);
        });
        return command;
    }

    public static Progress ForScreen(RepairProgress progress) => new() { FilesDone = progress.Done, FilesTotal = progress.Total };

    private static int Show(Screen screen, IndexRepairResult result)
    {
        foreach (var pack in result.UnreadablePacks)
            screen.ItemFailed("repair index", $"data/{pack}", screen.Speech.Say(UpkeepSentences.PackUnreadable, pack));
        if (screen.Json)
        {
            screen.Line(
                new RepairSummaryLine
                {
                    IndexFilesRemoved = result.DamagedFiles.Count,
                    PacksForgotten = result.MissingPacks.Count,
                    PacksRead = result.ReadPacks.Count,
                    PacksUnreadable = result.UnreadablePacks.Count,
                },
                AgentJson.Lines.RepairSummaryLine);
        }

        if (result.ChangedNothing)
            screen.Tell(UpkeepSentences.IndexWhole);
        else
            screen.Tell(UpkeepSentences.IndexRepaired, result.DamagedFiles.Count, result.MissingPacks.Count, result.ReadPacks.Count);
        if (result.UnreadablePacks.Count == 0)
            return ExitCode.Ok;
        screen.Fatal(ExitCode.Integrity, screen.Speech.Say(UpkeepSentences.PacksUnreadable, result.UnreadablePacks.Count));
        return ExitCode.Integrity;
    }
}
