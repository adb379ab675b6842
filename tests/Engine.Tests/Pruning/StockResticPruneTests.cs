using System.Text.Json;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Pruning;

/// <summary>Stock restic as the judge of what a prune leaves, and as the writer of what it prunes.</summary>
public sealed class StockResticPruneTests
{
    private static readonly PruneOptions Tight = new() { MaxUnused = UnusedLimit.OfBytes(0) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restic_finds_whole_what_we_pruned_whoever_wrote_it(bool writtenByRestic)
    {
        using var vault = await WrittenAsync(writtenByRestic);
        var before = Bytes(vault);

        var result = await PruneBesideTests.PruneAsync(vault, Tight);

        Assert.True(result.RepackedPacks > 0);
        Assert.True(Bytes(vault) < before - 2_000_000, $"{before} bytes became {Bytes(vault)}.");
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await StockRestic.RunAsync(vault.Repository, "restore", "latest", "--target", vault.Folder["restored"]);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["restored"] + vault.Source));

        // It agrees that there is nothing left to do.
        var report = await StockRestic.RunAsync(vault.Repository, "prune", "--max-unused", "0", "--dry-run");
        Assert.Matches(@"total prune:\s+0 blobs", report);
    }

    [Fact]
    public async Task As_much_stays_as_after_a_prune_of_restic()
    {
        using var vault = await WrittenAsync(byRestic: true);
        await Shell.RunAsync($"cp -r '{vault.Repository}' '{vault.Folder["theirs"]}'");

        await PruneBesideTests.PruneAsync(vault, Tight);
        await StockRestic.RunAsync(vault.Folder["theirs"], "prune", "--max-unused", "0");

        var theirs = Directory.GetFiles(vault.Folder["theirs/data"], "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Assert.InRange(Bytes(vault), theirs / 100 * 99, (theirs / 100 * 101) + 10_000);
    }

    [Fact]
    public async Task Marks_disturb_no_verb_of_restic_and_go_with_its_prune()
    {
        using var vault = await WrittenAsync(byRestic: false);
        var result = await PruneBesideTests.PruneAsync(vault, new PruneOptions { MaxUnused = UnusedLimit.OfBytes(0), Grace = TimeSpan.FromHours(1), Beside = true });
        Assert.True(result.WaitingPacks > 0);

        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await StockRestic.RunAsync(vault.Repository, "snapshots");
        await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);
        await StockRestic.RunAsync(vault.Repository, "restore", "latest", "--target", vault.Folder["restored"]);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["restored"] + vault.Source));
        await StockRestic.RunAsync(vault.Repository, "prune", "--max-unused", "0");
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        using var store = new LocalStore(vault.Repository);
        await using var repository = await Engine.Repositories.Repository.OpenAsync(store, StockRestic.Password);
        var plan = await Pruner.PlanAsync(repository, Tight);
        Assert.Empty(plan.MarksBefore);
        Assert.True(plan.ChangesNothing);
    }

    [Fact]
    public async Task Marks_outlive_a_rebuild_of_the_index_or_go_without_harm()
    {
        using var vault = await WrittenAsync(byRestic: false);
        await PruneBesideTests.PruneAsync(vault, new PruneOptions { Grace = TimeSpan.FromHours(1), Beside = true });
        await StockRestic.RunAsync(vault.Repository, "rebuild-index");
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await PruneBesideTests.PruneAsync(vault, Tight);
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
    }

    /// <summary>Two snapshots; the data of the older one is partly needed by the newer one; the older one is removed.</summary>
    private static async Task<EngineVault> WrittenAsync(bool byRestic)
    {
        var vault = new EngineVault();
        if (byRestic)
            await StockRestic.RunAsync(vault.Repository, "init");
        else
            await vault.InitAsync();

        // Many small files: each pack holds some that stay and some that go.
        for (var number = 0; number < 60; number++)
        {
            var path = Path.Combine(vault.Source, $"folder{number % 7}", $"file{number}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, OddTree.Noise(number, 80_000));
        }

        await BackUpAsync(vault, byRestic);
        for (var number = 0; number < 60; number += 2)
            File.Delete(Path.Combine(vault.Source, $"folder{number % 7}", $"file{number}"));
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "text"), "another text");
        await BackUpAsync(vault, byRestic);
        var oldest = JsonDocument.Parse(await StockRestic.RunAsync(vault.Repository, "snapshots", "--json")).RootElement.EnumerateArray()
            .OrderBy(snapshot => snapshot.GetProperty("time").GetDateTimeOffset()).First().GetProperty("id").GetString()!;
        using var store = new LocalStore(vault.Repository);
        await store.DeleteAsync(new ObjectName(ObjectKind.Snapshot, oldest));
        return vault;
    }

    private static async Task BackUpAsync(EngineVault vault, bool byRestic)
    {
        if (byRestic)
            await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);
        else
            await vault.BackUpAsync();
    }

    private static long Bytes(EngineVault vault) =>
        Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
