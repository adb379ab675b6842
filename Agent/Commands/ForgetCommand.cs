using System.CommandLine;
using System.Text.Json;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using NodaTime;

namespace BackupOnline.Agent.Commands;

/// <summary>Removes snapshots: those that are named, or those that no rule keeps. Nothing is removed before everything was decided.</summary>
internal static class ForgetCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var speech = screen.Speech;
        var verb = new ForgetFlags(speech);
        var command = new Command("forget", speech.Say(UpkeepSentences.Forget));
        verb.AddTo(command);
        command.Bind(flags, screen, (context, cancellation) => ForgetAsync(context, verb, cancellation));
        return command;
    }

    private static async Task<int> ForgetAsync(CommandContext context, ForgetFlags flags, CancellationToken cancellation)
    {
        var (screen, parsed) = (context.Screen, context.Parsed);
        flags.Check(parsed);
        var dryRun = flags.DryRun(parsed);
        await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
        await using var held = await HeldLock.TakeAsync(context, open, reading: dryRun, cancellation, dryRun ? LockMode.Shared : LockMode.Exclusive);
        var damaged = 0;
        var (plans, remove) = await held.GuardAsync(token => DecideAsync(context, flags, open.Repository, () => damaged++, token));

        var report = new ForgetReport(screen, flags.Compact(parsed));
        foreach (var plan in plans)
            report.Show(plan);
        var failed = dryRun ? 0 : await held.GuardAsync(token => RemoveAsync(screen, open.Repository, remove, token));
        screen.Tell(dryRun ? UpkeepSentences.WouldForget : UpkeepSentences.Forgotten, remove.Count - failed);
        if (screen.Json && plans.Count > 0)
            screen.Result(JsonSerializer.Serialize([.. plans.Select(plan => plan.ToLine())], AgentJson.Lines.IReadOnlyListForgetGroupLine));
        if (failed > 0)
        {
            screen.Fatal(ExitCode.Partial, screen.Speech.Say(UpkeepSentences.NotForgotten, failed));
            return ExitCode.Partial;
        }

        var pruned = flags.Prunes(parsed) && remove.Count > 0 ? await PruneAsync(context, flags, open.Repository, held, remove, cancellation) : ExitCode.Ok;
        if (damaged == 0)
            return pruned;
        screen.Fatal(ExitCode.Integrity, screen.Speech.Say(UpkeepSentences.SnapshotsDamaged, damaged));
        return ExitCode.Integrity;
    }

    private static async Task<(IReadOnlyList<ForgetPlan> Plans, IReadOnlyList<Snapshot> Remove)> DecideAsync(
        CommandContext context, ForgetFlags flags, Repository repository, Action onDamaged, CancellationToken cancellation)
    {
        var parsed = context.Parsed;
        if (flags.Ids(parsed) is { Length: > 0 } ids)
        {
            var named = new List<Snapshot>();
            foreach (var id in ids)
                named.Add(await flags.Filter.FindAsync(parsed, repository, id, cancellation));
            return ([], [.. named.DistinctBy(snapshot => snapshot.Id)]);
        }

        var policy = flags.Policy(parsed);
        var all = await repository.SnapshotsAsync(
            (id, problem) =>
            {
                onDamaged();
                context.Screen.ItemFailed("forget", id.ToString(), problem.Message);
            },
            cancellation);
        var zone = DateTimeZoneProviders.Bcl.GetSystemDefault();
        var plans = SnapshotGroup.Make(flags.GroupBy(parsed), all.Where(snapshot => flags.Filter.Matches(parsed, snapshot)))
            .Select(group => ForgetPlan.Make(group, policy, zone))
            .ToList();
        if (!flags.AllowsRemoveAll(parsed) && plans.Find(plan => plan.Keep.Count == 0) is { } emptied)
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.KeepsNothing, emptied.Group.Title(context.Screen.Speech));
        return (plans, [.. plans.SelectMany(plan => plan.Remove)]);
    }

    private static async Task<int> RemoveAsync(Screen screen, Repository repository, IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation)
    {
        var failed = 0;
        foreach (var snapshot in snapshots)
        {
            try
            {
                await repository.RemoveSnapshotAsync(snapshot.Id, cancellation);
            }
            catch (RepositoryException refused) when (refused.Problem is RepositoryProblem.AccessDenied or RepositoryProblem.Protocol)
            {
                failed++;
                screen.ItemFailed("forget", snapshot.Id.ToString(), Redacted.Text(refused.Message));
            }
        }

        return failed;
    }

    private static async Task<int> PruneAsync(
        CommandContext context, ForgetFlags flags, Repository repository, HeldLock held, IReadOnlyList<Snapshot> removed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var dryRun = flags.DryRun(context.Parsed);
        var without = dryRun ? removed.Select(snapshot => snapshot.Id).ToHashSet() : new HashSet<ObjectId>();
        var options = flags.Prune.Options(context.Parsed, repository, without: without);

        // With --json the groups are the whole output: restic's readers parse it as one value.
        return await held.GuardAsync(token => PruneWork.RunAsync(context, repository, options, dryRun, withSummaryLine: false, token));
    }
}
