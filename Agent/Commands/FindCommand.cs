using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Finding;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

internal static class FindCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var find = new FindFlags(screen.Speech);
        var command = new Command("find", screen.Speech.Say(FindSentences.Verb));
        find.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var parsed = context.Parsed;
            var ids = find.Ids(parsed);
            var query = ids is null ? find.Query(parsed) : null;
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var snapshots = await filter.SelectAsync(parsed, open, screen, find.Snapshots(parsed), cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            var finder = new Finder(open.Repository, (path, problem) => open.TreeDamaged(screen, path, problem));
            var report = new FindReport(screen, find.Details(parsed));
            var ordered = find.Reverse(parsed) ? snapshots.Reverse() : snapshots;
            await held.GuardAsync(async token =>
            {
                if (query is not null)
                    await FindItemsAsync(finder, query, ordered, report, token);
                else
                    await FindObjectsAsync(open, finder, await WantedAsync(open, finder, find, context, ids!, token), ordered, find.ShowsPack(parsed) && !find.Packs(parsed), report, token);
                return true;
            });
            report.Finish();
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static async Task FindItemsAsync(Finder finder, FindQuery query, IEnumerable<Snapshot> snapshots, FindReport report, CancellationToken cancellation)
    {
        foreach (var snapshot in snapshots)
        {
            await foreach (var item in finder.ItemsAsync(snapshot.Tree, query, cancellation))
                report.Found(snapshot, item);
        }
    }

    private static async Task FindObjectsAsync(
        OpenRepository open, Finder finder, BlobQuery query, IEnumerable<Snapshot> snapshots, bool showsPack, FindReport report, CancellationToken cancellation)
    {
        // Every place of a blob is a scan of the index: once for each.
        var known = new Dictionary<(BlobType, BlobId), List<BlobLocation>>();
        foreach (var snapshot in snapshots)
        {
            await foreach (var found in finder.ObjectsAsync(snapshot.Tree, query, cancellation))
                report.Found(snapshot, found, showsPack ? PlacesOf(found) : null);
        }

        List<BlobLocation> PlacesOf(FoundObject found)
        {
            if (!known.TryGetValue((found.Type, found.Id), out var places))
                known.Add((found.Type, found.Id), places = [.. open.Repository.Index.Entries().Where(entry => entry.Type == found.Type && entry.Id == found.Id).Select(entry => entry.Location)]);
            return places;
        }
    }

    private static async Task<BlobQuery> WantedAsync(
        OpenRepository open, Finder finder, FindFlags flags, CommandContext context, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var query = new BlobQuery();
        foreach (var id in ids)
        {
            if (!flags.Packs(context.Parsed))
            {
                query.Add(flags.Trees(context.Parsed) ? BlobType.Tree : BlobType.Data, id);
                continue;
            }

            var packs = (await ObjectChoice.AllAsync(open.Repository, ObjectKind.Data, id, cancellation)).ToDictionary(stored => stored.Name.Id, stored => (long?)stored.Length);
            foreach (var indexed in open.Repository.Index.Packs().Where(pack => pack.ToString().StartsWith(id, StringComparison.Ordinal)))
                packs.TryAdd(indexed, null);
            if (packs.Count == 0)
                throw new AgentStop(ExitCode.Fatal, RepositorySentences.NoObject, "data", id);
            foreach (var (pack, length) in packs)
            {
                foreach (var blob in await finder.BlobsOfPackAsync(pack, length, cancellation))
                    query.Add(blob);
            }
        }

        return query;
    }
}
