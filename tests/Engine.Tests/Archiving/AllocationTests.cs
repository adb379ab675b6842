using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Archiving;

/// <summary>What a backup leaves to the garbage collector, counted for the whole process: nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int MiB = 1 << 20;

    /// <summary>Budgets in bytes.</summary>
    private const int PerMiBOfLargeFile = 8_000;

    private const int PerSmallFile = 6_000;

    private const int PerUnchangedFile = 2_000;

    [Fact]
    public async Task A_large_file_costs_next_to_no_garbage_per_megabyte()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "small"), OddTree.Noise(1, 20_000_000));
        await MeasureAsync(vault);
        var fixedPart = await MeasureAsync(vault);
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "large"), OddTree.Noise(2, 96 * MiB));

        var allocated = await MeasureAsync(vault) - fixedPart;

        Assert.InRange(allocated / 96.0, 0, PerMiBOfLargeFile);
    }

    [Fact]
    public async Task A_small_file_costs_a_few_kilobytes_of_garbage_and_an_unchanged_one_fewer()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "first"), OddTree.Noise(1, 100_000));
        await MeasureAsync(vault);
        var fixedPart = await MeasureAsync(vault);
        for (var i = 0; i < 3_000; i++)
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, $"file-{i}"), OddTree.Noise(i, 3_000));

        var changed = await MeasureAsync(vault) - fixedPart;
        var unchanged = await MeasureAsync(vault) - fixedPart;

        Assert.InRange(changed / 3_000, 0, PerSmallFile);
        Assert.InRange(unchanged / 3_000, 0, PerUnchangedFile);
    }

    private static async Task<long> MeasureAsync(EngineVault vault)
    {
        using var store = new LocalStore(vault.Repository);
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        await repository.LoadIndexAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Archiver.BackUpAsync(repository, vault.Options());
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
