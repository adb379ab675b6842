using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

internal static class SnapshotsCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var ids = new Argument<string[]>("id") { Description = screen.Speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("snapshots", screen.Speech.Say(CommandSentences.Snapshots)) { ids };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var damaged = 0;
            var all = await open.Repository.SnapshotsAsync(
                (id, problem) =>
                {
                    damaged++;
                    context.Screen.ItemFailed("snapshots", id.ToString(), problem.Message);
                },
                cancellation);
            var chosen = await ChooseAsync(open.Repository, all, context.Parsed.GetValue(ids) ?? [], cancellation);
            var shown = all.Where(snapshot => chosen.Contains(snapshot.Id) && filter.Matches(context.Parsed, snapshot)).ToList();
            if (context.Screen.Json)
                context.Screen.Result(JsonSerializer.Serialize([.. shown.Select(SnapshotLine.Of)], AgentJson.Lines.IReadOnlyListSnapshotLine));
            else
                ShowTable(context.Screen, shown);
            return damaged == 0 ? ExitCode.Ok : ExitCode.Integrity;
        });
        return command;
    }

    /// <summary>All without ids; else each id's, or the usual refusal of one that fits none.</summary>
    private static async Task<HashSet<ObjectId>> ChooseAsync(Repository repository, IReadOnlyList<Snapshot> all, string[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0)
            return [.. all.Select(snapshot => snapshot.Id)];
        var chosen = new HashSet<ObjectId>();
        foreach (var id in ids)
        {
            var fitting = all.Where(snapshot => snapshot.Id.ToString().StartsWith(id, StringComparison.Ordinal)).Select(snapshot => snapshot.Id).ToList();
            chosen.UnionWith(fitting.Count > 0 ? fitting : [(await repository.FindSnapshotAsync(id, null, cancellation)).Id]);
        }

        return chosen;
    }

    private static void ShowTable(Screen screen, List<Snapshot> snapshots)
    {
        var rows = snapshots.ConvertAll(snapshot => new[]
        {
            snapshot.Id.ToString()[..8],
            snapshot.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            PathText.ForScreen(snapshot.Hostname ?? ""),
            PathText.ForScreen(string.Join(',', snapshot.Tags ?? [])),
            PathText.ForScreen(string.Join(", ", snapshot.Paths)),
        });
        rows.Insert(0, ["ID", screen.Speech.Say(RunSentences.ColumnTime), screen.Speech.Say(RunSentences.ColumnHost), screen.Speech.Say(RunSentences.ColumnTags), screen.Speech.Say(RunSentences.ColumnPaths)]);
        foreach (var line in TextTable.Lines(rows))
            screen.Result(line);
        screen.Tell(RunSentences.SnapshotCount, snapshots.Count);
    }
}
