using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Archiving;

namespace BackupOnline.Agent.Commands;

internal static class VmBackupCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var machine = new Argument<string>("machine") { Description = screen.Speech.Say(PointSentences.MachineArgument) };
        var hypervisor = HypervisorChoice.Flag(screen);
        var full = new Option<bool>("--full") { Description = screen.Speech.Say(PointSentences.Full) };
        var exclude = new Option<string[]>("--exclude-disk") { Description = screen.Speech.Say(PointSentences.ExcludeDisk), HelpName = "id" };
        var wanted = new Option<string?>("--consistency") { Description = screen.Speech.Say(PointSentences.Wanted), HelpName = "level" };
        var strict = new Option<bool>("--strict") { Description = screen.Speech.Say(PointSentences.Strict) };
        var command = new Command("backup", screen.Speech.Say(PointSentences.Backup)) { machine, hypervisor, full, exclude, wanted, strict };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var parsed = context.Parsed;
            await using var choice = HypervisorChoice.Open(context, parsed.GetValue(hypervisor));
            var found = await choice.FindAsync(parsed.GetRequiredValue(machine), cancellation);
            var options = new PointRunOptions
            {
                Folder = FolderOf(found),
                Host = Account.HostName,
                ScratchFolder = choice.Settings.ScratchFolder,
                Wanted = ConsistencyOf(parsed.GetValue(wanted)),
                AllowFallback = !parsed.GetValue(strict),
                ExcludedDisks = parsed.GetValue(exclude) ?? [],
                ReadWhole = parsed.GetValue(full)
                    ? new Dictionary<string, string> { [PointRunOptions.AllDisks] = screen.Speech.Say(PointSentences.FullAsked) }
                    : new Dictionary<string, string>(),
            };
            return await BackUpAsync(context, choice.Driver, found, options, cancellation);
        });
        return command;
    }

    private static async Task<int> BackUpAsync(CommandContext context, IHypervisorDriver driver, MachineRef machine, PointRunOptions options, CancellationToken cancellation)
    {
        var screen = context.Screen;
        await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
        await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation);
        await open.Repository.LoadIndexAsync(onDamaged: null, cancellation);
        var progress = new BackupProgress();
        PointOutcome outcome;
        await using (new ProgressLoop(
            screen, () => BackupReport.ForScreen(progress.Read(), null, screen.Speech), (now, elapsed, speed) => BackupReport.Status(screen, now, elapsed, speed, progress.Read(), null)))
            outcome = await held.GuardAsync(token => new PointRun(driver, open.Repository, options).RunAsync(machine, progress, token));

        if (screen.Json)
            screen.Line(PointLine.Of(outcome), AgentJson.Lines.PointLine);
        else
            Show(screen, machine, outcome);
        return outcome.Description.Skipped.Count > options.ExcludedDisks.Count ? ExitCode.Partial : ExitCode.Ok;
    }

    private static void Show(Screen screen, MachineRef machine, PointOutcome outcome)
    {
        var description = outcome.Description;
        foreach (var action in outcome.Put)
            screen.Tell(PointSentences.PutRight, action);
        screen.Tell(PointSentences.Done, PathText.ForScreen(machine.Name), outcome.Snapshot.Id.ToString()[..8], description.Consistency);
        foreach (var disk in description.Disks)
        {
            var traffic = outcome.Traffic[disk.Id];
            if (disk.Basis == PointDiskDescription.Full)
                screen.Tell(PointSentences.DiskFull, disk.Id, Quantity.Bytes(disk.Size), disk.Detail, Quantity.Bytes(traffic.Read));
            else
                screen.Tell(PointSentences.DiskIncremental, disk.Id, Quantity.Bytes(disk.Size), Quantity.Bytes(traffic.Changed), Quantity.Bytes(traffic.Read));
        }

        foreach (var skipped in description.Skipped)
            screen.Warn(PointSentences.Skipped, skipped);
        if (description.FallbackReason is { } reason)
            screen.Warn(PointSentences.Weaker, description.Consistency, reason);
        if (outcome.NotCommitted is { } problem)
            screen.Warn(PointSentences.NotCommitted, problem);
    }

    // A machine's name may hold anything; a folder's may not.
    private static string FolderOf(MachineRef machine)
    {
        var plain = machine.Name.Replace('/', '_');
        return plain is "" or "." or ".." ? machine.StableId.Replace('/', '_') : plain;
    }

    private static Consistency ConsistencyOf(string? text) => text switch
    {
        null or "application" => Consistency.Application,
        "filesystem" or "fileSystem" => Consistency.FileSystem,
        "crash" => Consistency.Crash,
        _ => throw new AgentStop(ExitCode.Fatal, PointSentences.BadConsistency, "--consistency", text),
    };
}
