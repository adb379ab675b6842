using System.Collections.Concurrent;
using System.Globalization;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repairing;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Tests.Checking;

namespace BackupOnline.Engine.Tests.Repairing;

/// <summary>
/// Random damage to packs, indexes and snapshots, repaired the way that a user goes: afterwards a check that reads everything finds nothing, every blob whose bytes were
/// spared can be read, and no file was touched that lost nothing. <c>BACKUPONLINE_REPAIRS</c> says how many are tried (default 30; <c>scripts/bench.sh corruption</c>: 2,000).
/// </summary>
public sealed class RepairCampaignTests
{
    private static readonly ObjectKind[] Unrepairable = [ObjectKind.Config, ObjectKind.Key];

    private static int Count =>
        Environment.GetEnvironmentVariable("BACKUPONLINE_REPAIRS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 30;

    [Fact]
    public async Task Repairs_bring_back_all_that_can_be()
    {
        var objects = await MixedRepository.CreateAsync();
        var harmed = objects.Where(pair => !Unrepairable.Contains(pair.Key.Kind)).ToDictionary();
        using var whole = await MixedRepository.StoreAsync(objects);
        await using var opened = await Repository.OpenAsync(whole, StockRestic.Password);
        await opened.LoadIndexAsync();
        var blobs = opened.Index.Entries().ToList();
        var failures = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(Enumerable.Range(1, Count), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var corruption = Corruption.Draw(seed, harmed);
            if (await FailureAsync(opened, objects, corruption, blobs) is { } failure)
                failures.Add($"{corruption.What}: {failure}");
        });

        Assert.Empty(failures);
    }

    private static async Task<string?> FailureAsync(
        Repository opened, IReadOnlyDictionary<ObjectName, byte[]> objects, Corruption corruption, List<IndexedBlob> blobs)
    {
        using var store = await MixedRepository.StoreAsync(objects, corruption);
        Repository Open() => opened.Reopened(store, new RepositoryOptions());
        await using (var repository = Open())
            await IndexRepair.RepairAsync(repository, readAllPacks: false);
        CheckResult found;
        await using (var repository = Open())
            found = await Checker.CheckAsync(repository, new CheckOptions { ReadData = true });
        if (PacksOf(found) is { Count: > 0 } packs)
        {
            await using var repository = Open();
            await PackRepair.RepairAsync(repository, packs);
        }

        var changed = await RepairSnapshotsAsync(Open);
        await using var after = Open();
        if ((await Checker.CheckAsync(after, new CheckOptions { ReadData = true })).Findings is { Count: > 0 } left)
            return left[0].Message;
        var spared = blobs.Where(blob => IsSpared(blob, objects, corruption)).ToHashSet();
        foreach (var blob in spared)
        {
            if (!after.Index.Contains(blob.Type, blob.Id))
                return $"the blob {blob.Id} in {blob.Location} was spared and is lost";
            await after.LoadBlobAsync(blob.Type, blob.Id);
        }

        return changed.Count > 0 && spared.Count == blobs.Count ? $"{changed[0]} lost nothing and was changed" : null;
    }

    /// <summary>The packs that a check names.</summary>
    private static HashSet<ObjectId> PacksOf(CheckResult check) =>
        [.. check.Findings
            .Where(finding => finding.Name.StartsWith("data/", StringComparison.Ordinal) && finding.Kind != CheckFindingKind.MissingPack)
            .Select(finding => ObjectId.TryParse(finding.Name.AsSpan("data/".Length), out var id) ? id : default)];

    private static async Task<List<string>> RepairSnapshotsAsync(Func<Repository> open)
    {
        var changed = new List<string>();
        await using var repository = open();
        var damaged = new List<ObjectId>();
        var snapshots = await repository.SnapshotsAsync((id, _) => damaged.Add(id));
        foreach (var id in damaged)
            await repository.RemoveSnapshotAsync(id);
        var repair = await SnapshotRepair.StartAsync(repository, new SnapshotRepairOptions { Forget = true, OnChange = (path, _) => changed.Add(path) });
        foreach (var snapshot in snapshots)
            await repair.RepairAsync(snapshot);
        return changed;
    }

    private static bool IsSpared(IndexedBlob blob, IReadOnlyDictionary<ObjectName, byte[]> objects, Corruption corruption)
    {
        var place = blob.Location;
        var name = new ObjectName(ObjectKind.Data, place.Pack);
        if (name != corruption.Name)
            return true;
        var (start, end) = ((int)place.Offset, (int)place.Offset + place.Length);
        return corruption.Bytes.Length >= end && corruption.Bytes.AsSpan(start, place.Length).SequenceEqual(objects[name].AsSpan(start, place.Length));
    }
}
