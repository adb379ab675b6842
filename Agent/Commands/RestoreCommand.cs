using System.CommandLine;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Restoring;

namespace BackupOnline.Agent.Commands;

internal static class RestoreCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var restore = new RestoreFlags(screen.Speech);
        var snapshot = new Argument<string>("snapshot") { Description = screen.Speech.Say(CommandSentences.SnapshotArgument) };
        var command = new Command("restore", screen.Speech.Say(CommandSentences.Restore)) { snapshot };
        restore.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, (context, cancellation) =>
        {
            var choice = context.ChooseRepository();
            return JobFollowing.RunAsync(
                context, choice, "restore", job => RestoreAsync(context, choice, filter, restore, context.Parsed.GetRequiredValue(snapshot), job, cancellation), cancellation);
        });
        return command;
    }

    private static async Task<RunOutcome> RestoreAsync(
        CommandContext context, RepositoryChoice choice, SnapshotFlags filter, RestoreFlags flags, string name, JobRun job, CancellationToken cancellation)
    {
        var screen = context.Screen;
        await using var open = await OpenRepository.OpenCachedAsync(context, choice, cancellation);
        await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
        var (id, folder) = SnapshotFolder.Split(name);
        var found = await filter.FindAsync(context.Parsed, open.Repository, id, cancellation);
        await open.LoadReadableIndexAsync(context.Screen, cancellation);
        var tree = await SnapshotFolder.TreeAsync(open.Repository, found, folder, cancellation);
        var options = flags.Options(context.Parsed, tree, context.Surroundings.Variable);
        screen.Tell(RunSentences.Restoring, found.Id.ToString()[..8], PathText.ForScreen(string.Join(", ", found.Paths)), PathText.ForScreen(options.Target.ToString()));

        var progress = new RestoreProgress();
        job.Follow(() => RestoreReport.ForDoor(progress.Read()));
        RestoreResult result;
        await using (new ProgressLoop(screen, () => RestoreReport.ForScreen(progress.Read()), (now, elapsed, _) => RestoreReport.Status(screen, now, elapsed)))
            result = await held.GuardAsync(token => RestoreAsync(open, options, progress, token));

        RestoreReport.Summary(screen, result);
        var (code, message) = RestoreReport.Outcome(screen.Speech, result, open.DamagedIndexes);
        if (code != ExitCode.Ok)
            screen.Fatal(code, message);
        return new RunOutcome(code, found.Id.ToString(), message);
    }

    private static async Task<RestoreResult> RestoreAsync(OpenRepository open, RestoreOptions options, RestoreProgress progress, CancellationToken cancellation)
    {
        try
        {
            return await Restorer.RestoreAsync(open.Repository, options, progress, cancellation);
        }
        catch (RestoreFailedException failure)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.RestoreStopped, failure.Message);
        }
    }
}
