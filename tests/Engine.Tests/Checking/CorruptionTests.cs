using System.Collections.Concurrent;
using System.Globalization;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Tests.Checking;

/// <summary>
/// Random damage to a repository that restic and we wrote together: <c>check --read-data</c> finds every single one, and what hits a pack (or anything else that
/// is named by its hash) is found without a key. <c>BACKUPONLINE_CORRUPTIONS</c> says how many are tried (default 100; <c>scripts/bench.sh corruption</c>: 10,000).
/// </summary>
public sealed class CorruptionTests
{
    private static int Count =>
        Environment.GetEnvironmentVariable("BACKUPONLINE_CORRUPTIONS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 100;

    [Fact]
    public async Task Every_corruption_is_found_by_reading_and_those_of_named_objects_by_their_name_alone()
    {
        var objects = await MixedRepository.CreateAsync();
        using var whole = await MixedRepository.StoreAsync(objects, null);
        await using var opened = await Repository.OpenAsync(whole, StockRestic.Password);
        Assert.True(await IsSoundAsync(opened, objects, null));
        var (missed, hits) = (new ConcurrentBag<string>(), new ConcurrentDictionary<ObjectKind, int>());

        await Parallel.ForEachAsync(Enumerable.Range(1, Count), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var corruption = Corruption.Draw(seed, objects);
            hits.AddOrUpdate(corruption.Name.Kind, 1, (_, known) => known + 1);
            if (corruption.Name.Kind != ObjectKind.Config && ObjectId.Of(corruption.Bytes) == corruption.Name.Id)
                missed.Add($"{corruption.What}: its name still fits");
            if (await IsSoundAsync(opened, objects, corruption))
                missed.Add(corruption.What);
        });

        Assert.Empty(missed);
        Assert.Equal([ObjectKind.Config, ObjectKind.Key, ObjectKind.Snapshot, ObjectKind.Index, ObjectKind.Data], hits.Keys.Order());
        await ReportAsync(hits);
    }

    /// <param name="opened">The whole repository: opening anew by the password, which is slow by design, is needed only when the config is hit, which nothing else reads.</param>
    private static async Task<bool> IsSoundAsync(Repository opened, IReadOnlyDictionary<ObjectName, byte[]> objects, Corruption? corruption)
    {
        using var store = await MixedRepository.StoreAsync(objects, corruption);
        try
        {
            await using var repository = corruption?.Name.Kind is ObjectKind.Config
                ? await Repository.OpenAsync(store, StockRestic.Password)
                : opened.Reopened(store, new RepositoryOptions());
            return (await Checker.CheckAsync(repository, new CheckOptions { ReadData = true, ReadConcurrency = 1 })).ErrorCount == 0;
        }
        catch (RepositoryException)
        {
            // It cannot even be opened: found.
            return false;
        }
    }

    private static async Task ReportAsync(ConcurrentDictionary<ObjectKind, int> hits)
    {
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is not { Length: > 0 } file)
            return;
        await File.WriteAllLinesAsync(file, hits.OrderBy(hit => hit.Key).Select(hit => $"| {hit.Key} | {hit.Value} | {hit.Value} |"));
    }
}
