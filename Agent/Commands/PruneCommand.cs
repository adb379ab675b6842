using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Commands;

/// <summary>
/// Alone, under an exclusive lock, as stock restic; or with a grace time beside running backups: a long first part that only adds and marks, and, when marks are old enough, a
/// short second one that removes, alone.
/// </summary>
internal static class PruneCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var prune = new PruneFlags(screen.Speech);
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = screen.Speech.Say(FlagSentences.DryRun) };
        var command = new Command("prune", screen.Speech.Say(UpkeepSentences.Prune)) { dryRun };
        prune.AddTo(command, alone: true);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            prune.Check(context.Parsed);
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            var isDryRun = context.Parsed.GetValue(dryRun);
            return isDryRun || prune.Grace(context.Parsed) == TimeSpan.Zero || prune.IsLastResort(context.Parsed)
                ? await AloneAsync(context, open, prune, isDryRun, cancellation)
                : await BesideAsync(context, open, prune, cancellation);
        });
        return command;
    }

    private static async Task<int> AloneAsync(CommandContext context, OpenRepository open, PruneFlags flags, bool dryRun, CancellationToken cancellation)
    {
        var options = flags.Options(context.Parsed, open.Repository);

        // On a full disk even a lock may find no room: the last resort goes on without one.
        await using var held = await HeldLock.TakeAsync(
            context, open, reading: dryRun || flags.IsLastResort(context.Parsed), cancellation, dryRun ? LockMode.Shared : LockMode.Exclusive);
        return await held.GuardAsync(token => PruneWork.RunAsync(context, open.Repository, options, dryRun, withSummaryLine: true, token));
    }

    private static async Task<int> BesideAsync(CommandContext context, OpenRepository open, PruneFlags flags, CancellationToken cancellation)
    {
        int code, due;
        await using (var shared = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation))
        {
            var options = flags.Options(context.Parsed, open.Repository, beside: true);
            (code, var plan) = await shared.GuardAsync(token => PruneWork.PlanAndPerformAsync(context, open.Repository, options, dryRun: false, withSummaryLine: true, token));
            due = plan.DuePacks;
        }

        if (due == 0 || code != ExitCode.Ok)
            return code;
        try
        {
            await using var exclusive = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation, LockMode.Exclusive);
            await using var again = open.Repository.Reopened();
            var options = flags.Options(context.Parsed, again, repack: false);
            return await exclusive.GuardAsync(token => PruneWork.RunAsync(context, again, options, dryRun: false, withSummaryLine: true, token));
        }
        catch (RepositoryException locked) when (locked.Problem == RepositoryProblem.Locked)
        {
            context.Screen.Tell(PruneSentences.DueButLocked, due, locked.Message);
            return ExitCode.Ok;
        }
    }
}
