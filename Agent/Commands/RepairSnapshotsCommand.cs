using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repairing;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

internal static class RepairSnapshotsCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var speech = screen.Speech;
        var filter = new SnapshotFlags(speech);
        var ids = new Argument<string[]>("id") { Description = speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = speech.Say(FlagSentences.DryRun) };
        var forget = new Option<bool>("--forget", "-f") { Description = speech.Say(UpkeepSentences.RepairForget) };
        var command = new Command("snapshots", speech.Say(UpkeepSentences.RepairSnapshots)) { ids, dryRun, forget };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var options = new SnapshotRepairOptions
            {
                DryRun = context.Parsed.GetValue(dryRun),
                Forget = context.Parsed.GetValue(forget),
                OnChange = (path, change) => context.Screen.Tell(change == TreeChange.FolderLost ? UpkeepSentences.FolderLost : UpkeepSentences.PiecesLost, PathText.ForScreen(path)),
            };
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, reading: options.DryRun, cancellation, options.DryRun ? LockMode.Shared : LockMode.Exclusive);
            return await held.GuardAsync(async token =>
            {
                var chosen = await ChooseAsync(context, filter, context.Parsed.GetValue(ids) ?? [], open, token);
                var repair = await SnapshotRepair.StartAsync(open.Repository, options, token);
                return await RepairAsync(context.Screen, repair, chosen, options.DryRun, token);
            });
        });
        return command;
    }

    private static async Task<IReadOnlyList<Snapshot>> ChooseAsync(
        CommandContext context, SnapshotFlags filter, string[] ids, OpenRepository open, CancellationToken cancellation)
    {
        var chosen = new List<Snapshot>();
        foreach (var id in ids)
            chosen.Add(await filter.FindAsync(context.Parsed, open.Repository, id, cancellation));
        if (ids.Length > 0)
            return [.. chosen.DistinctBy(snapshot => snapshot.Id)];
        var all = await open.Repository.SnapshotsAsync((id, problem) => context.Screen.ItemFailed("repair snapshots", id.ToString(), problem.Message), cancellation);
        return [.. all.Where(snapshot => filter.Matches(context.Parsed, snapshot))];
    }

    private static async Task<int> RepairAsync(Screen screen, SnapshotRepair repair, IReadOnlyList<Snapshot> snapshots, bool dryRun, CancellationToken cancellation)
    {
        var (repaired, unreadable) = (0, 0);
        foreach (var snapshot in snapshots)
        {
            var result = await repair.RepairAsync(snapshot, cancellation);
            var id = snapshot.Id.ToShortString();
            if (result.State == SnapshotState.Repaired)
            {
                repaired++;
                if (dryRun)
                    screen.Tell(UpkeepSentences.SnapshotWouldRepair, id);
                else
                    screen.Tell(UpkeepSentences.SnapshotRepaired, id, result.Copy?.ToShortString());
            }
            else if (result.State == SnapshotState.Unreadable)
            {
                unreadable++;
                screen.Tell(UpkeepSentences.SnapshotUnreadable, id);
            }
        }

        if (screen.Json)
            screen.Line(new RepairSummaryLine { SnapshotsRepaired = repaired, SnapshotsUnreadable = unreadable }, AgentJson.Lines.RepairSummaryLine);
        screen.Tell(UpkeepSentences.SnapshotsRepaired, repaired, unreadable, snapshots.Count - repaired - unreadable);
        return ExitCode.Ok;
    }
}
