using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Checking;

namespace BackupOnline.Agent.Commands;

internal static class CheckCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var readData = new Option<bool>("--read-data") { Description = screen.Speech.Say(RunSentences.ReadData) };
        var readSubset = new Option<string?>("--read-data-subset") { Description = screen.Speech.Say(SubsetSentences.Flag), HelpName = "n/t|x%|size" };
        var command = new Command("check", screen.Speech.Say(CommandSentences.Check)) { readData, readSubset };
        command.Bind(flags, screen, (context, cancellation) =>
        {
            var choice = context.ChooseRepository();
            var subset = context.Parsed.GetValue(readSubset) is { } text ? SubsetText.Parse(text) : null;
            if (subset is not null && context.Parsed.GetValue(readData))
                throw new AgentStop(ExitCode.Fatal, SubsetSentences.AllAndPart);
            var options = new CheckOptions { ReadData = subset is not null || context.Parsed.GetValue(readData), Subset = subset, OnFinding = finding => Show(screen, finding) };
            return JobFollowing.RunAsync(context, choice, "check", job => CheckAsync(context, choice, options, job, cancellation), cancellation);
        });
        return command;
    }

    private static async Task<RunOutcome> CheckAsync(CommandContext context, RepositoryChoice choice, CheckOptions options, JobRun job, CancellationToken cancellation)
    {
        var screen = context.Screen;
        await using var open = await OpenRepository.OpenAsync(context, choice, cancellation);
        await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
        var progress = new CheckProgress();
        job.Follow(() => new JobProgress(progress.PacksDone, progress.PacksTotal, progress.BytesRead, 0, 0, 0));
        CheckResult result;
        await using (new ProgressLoop(screen, () => ForScreen(progress), null))
            result = await held.GuardAsync(token => Checker.CheckAsync(open.Repository, options, progress, token));

        Show(screen, result, options.ReadData);
        if (result.ErrorCount == 0)
            return new RunOutcome(ExitCode.Ok, null, screen.Speech.Say(RunSentences.CheckDone));
        var message = screen.Speech.Say(RunSentences.CheckFailed, result.ErrorCount);
        screen.Fatal(ExitCode.Integrity, message);
        return new RunOutcome(ExitCode.Integrity, null, message);
    }

    private static Progress ForScreen(CheckProgress progress) =>
        new() { FilesDone = progress.PacksTotal > 0 ? progress.PacksDone : progress.Trees, FilesTotal = progress.PacksTotal, BytesDone = progress.BytesRead };

    // As it is found: a check may take hours, and may be stopped.
    private static void Show(Screen screen, CheckFinding finding)
    {
        if (!finding.IsError)
            return;
        if (screen.Json)
            screen.ErrorLine(new CheckErrorLine($"{finding.Name}: {finding.Message}"), AgentJson.Lines.CheckErrorLine);
        else
            screen.ItemFailed("check", finding.Name, finding.Message);
    }

    private static void Show(Screen screen, CheckResult result, bool readData)
    {
        if (screen.Json)
        {
            screen.Line(Summary(result), AgentJson.Lines.CheckSummaryLine);
            return;
        }

        if (result.UnreferencedPacks > 0)
            screen.Tell(RunSentences.CheckUnreferenced, result.UnreferencedPacks);
        if (result.ErrorCount == 0)
        {
            var read = readData ? screen.Speech.Say(RunSentences.CheckReadAll, Quantity.Bytes(result.BytesRead)) : "";
            screen.Tell(RunSentences.CheckOk, result.Snapshots.ToString(CultureInfo.InvariantCulture), result.Trees, result.Packs, read);
        }
    }

    private static CheckSummaryLine Summary(CheckResult result)
    {
        var broken = result.Findings
            .Where(finding => finding.Kind is CheckFindingKind.MissingPack or CheckFindingKind.WrongPackHash or CheckFindingKind.WrongPackHeader or CheckFindingKind.WrongPackLength)
            .Select(finding => finding.Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new CheckSummaryLine
        {
            NumErrors = result.ErrorCount,
            BrokenPacks = broken.Count > 0 ? broken : null,
            SuggestRepairIndex = result.Findings.Any(finding => finding.Kind == CheckFindingKind.DamagedIndex),
            SuggestPrune = result.UnreferencedPacks > 0,
            PacksChecked = result.Packs,
            BytesRead = result.BytesRead,
        };
    }
}
