using System.CommandLine;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

internal static class BackupCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var backup = new BackupFlags(screen.Speech);
        var command = new Command("backup", screen.Speech.Say(CommandSentences.Backup));
        backup.AddTo(command);
        command.Bind(flags, screen, (context, cancellation) =>
        {
            var choice = context.ChooseRepository();
            var stream = backup.Stream(context.Parsed);
            var targets = stream is null ? FilesOf(backup, context.Parsed) : [stream.Path];
            return JobFollowing.RunAsync(context, choice, "backup", job => BackUpAsync(context, choice, backup, stream, targets, job, cancellation), cancellation);
        });
        return command;
    }

    private static IReadOnlyList<RawPath> FilesOf(BackupFlags flags, ParseResult parsed)
    {
        var targets = flags.Targets(parsed);
        if (targets.Count == 0)
            throw new AgentStop(ExitCode.Fatal, RunSentences.NoTargets);
        NetworkTargets.Refuse(targets, MountTable.Load());
        return targets;
    }

    private static async Task<RunOutcome> BackUpAsync(
        CommandContext context, RepositoryChoice choice, BackupFlags flags, StreamSource? stream, IReadOnlyList<RawPath> targets, JobRun job, CancellationToken cancellation)
    {
        var screen = context.Screen;
        var pacer = flags.Urgent(context.Parsed) ? null : new Pacer(context.Surroundings.Time);
        await using var open = await OpenRepository.OpenCachedAsync(context, choice, cancellation, pacer);
        await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation);
        var parent = await ParentAsync(open, flags.Parent(context.Parsed), cancellation);
        await open.Repository.LoadIndexAsync(onDamaged: null, cancellation);

        var progress = new BackupProgress();
        var follows = screen.ShowsBar || screen.Json || choice.Enrolment is not null;
        var options = flags.Options(context.Parsed, context.Surroundings, targets, parent, new BackupObserver(screen), follows);
        job.Follow(() => BackupReport.ForDoor(progress.Read()));
        await using var following = pacer is null ? null : await PlanFollowing.StartAsync(pacer, job, context.Surroundings.Time, cancellation);
        BackupResult result;
        await using (new ProgressLoop(screen, () => BackupReport.ForScreen(progress.Read(), pacer, screen.Speech), (now, elapsed, speed) => BackupReport.Status(screen, now, elapsed, speed, progress.Read(), pacer)))
            result = await held.GuardAsync(token => BackUpAsync(open, options, stream, progress, token));

        BackupReport.Summary(screen, result, options.DryRun);
        var code = result.ErrorCount > 0 ? ExitCode.Partial : ExitCode.Ok;
        var message = result.ErrorCount > 0 ? screen.Speech.Say(RunSentences.SourcesFailed, result.ErrorCount) : screen.Speech.Say(RunSentences.BackupDone);
        return new RunOutcome(code, options.DryRun || result.IsSkipped ? null : result.Snapshot.Id.ToString(), message);
    }

    private static async Task<Snapshot?> ParentAsync(OpenRepository open, string? name, CancellationToken cancellation) =>
        name is null ? null : await open.Repository.FindSnapshotAsync(name, null, cancellation);

    private static async Task<BackupResult> BackUpAsync(
        OpenRepository open, BackupOptions options, StreamSource? source, BackupProgress progress, CancellationToken cancellation)
    {
        try
        {
            if (source is null)
                return await Archiver.BackUpAsync(open.Repository, options, progress, cancellation);
            await using var content = source.Open();
            return await Archiver.BackUpStreamAsync(open.Repository, options, content, progress, cancellation);
        }
        catch (NothingToBackUpException nothing)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.NothingReadable, nothing.Message);
        }
    }
}
