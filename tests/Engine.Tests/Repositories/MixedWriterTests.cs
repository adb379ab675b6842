using System.Globalization;
using System.Text.Json;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Repositories;

/// <summary>
/// Random repositories that both programs write by turns, each made by one of them, and that both judge: everything read, restored and compared, then some
/// snapshots forgotten and pruned by one of them, and judged again. <c>BACKUPONLINE_REPOSITORIES</c> says how many are made (default 2; <c>scripts/bench.sh mixed</c>: 200).
/// </summary>
public sealed class MixedWriterTests
{
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("BACKUPONLINE_REPOSITORIES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Both_programs_can_read_restore_and_prune_what_both_wrote(int seed)
    {
        using var vault = new EngineVault();
        var dice = new Random(seed);
        var tree = new RandomTree(vault.Source, seed);

        // Odd seeds: ours is first; even: restic.
        if (seed % 2 == 1)
            await vault.InitAsync();
        else
            await StockRestic.RunAsync(vault.Repository, "init");
        for (var generation = 0; generation < 3; generation++)
        {
            tree.Grow();
            if (generation == 0 ? seed % 2 == 1 : dice.Next(2) == 0)
                await vault.BackUpAsync();
            else
                await StockRestic.RunAsync(vault.Repository, "backup", "--host", "host", vault.Source);
        }

        await JudgeAsync(vault, snapshots: 3);
        var packsBefore = Packs(vault);
        if (dice.Next(2) == 0)
            await StockRestic.RunAsync(vault.Repository, "forget", "--keep-last", "1", "--prune", "--max-unused", "0");
        else
            await ForgetAndPruneAsync(vault);

        Assert.NotEqual(packsBefore, Packs(vault));
        await JudgeAsync(vault, snapshots: 1);
        tree.Grow();
        await vault.BackUpAsync();
        await JudgeAsync(vault, snapshots: 2);
    }

    private static async Task JudgeAsync(EngineVault vault, int snapshots)
    {
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        var listed = JsonDocument.Parse(await StockRestic.RunAsync(vault.Repository, "snapshots", "--json")).RootElement;
        Assert.Equal(snapshots, listed.GetArrayLength());
        var check = await vault.UseFreshAsync(repository => Checker.CheckAsync(repository, new CheckOptions { ReadData = true }));
        Assert.DoesNotContain(check.Findings, finding => finding.IsError);
        Assert.Equal(snapshots, check.Snapshots);

        var (theirs, ours) = (vault.Folder["theirs"], vault.Folder["ours"]);
        await StockRestic.RunAsync(vault.Repository, "restore", "latest", "--target", theirs);
        await vault.RestoreAsync(await vault.LatestAsync(), ours);
        Assert.Empty(new TreeComparer().Compare(vault.Source, theirs + vault.Source));
        Assert.Empty(new TreeComparer().Compare(vault.Source, ours + vault.Source));
        Directory.Delete(theirs, recursive: true);
        Directory.Delete(ours, recursive: true);
    }

    private static async Task ForgetAndPruneAsync(EngineVault vault)
    {
        using var store = new LocalStore(vault.Repository);
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        foreach (var snapshot in (await repository.SnapshotsAsync()).SkipLast(1))
            await repository.RemoveSnapshotAsync(snapshot.Id);
        var plan = await Pruner.PlanAsync(repository, new PruneOptions { MaxUnused = UnusedLimit.OfBytes(0) });
        Assert.Empty((await Pruner.PerformAsync(repository, plan)).Damaged);
    }

    private static HashSet<string> Packs(EngineVault vault) =>
        [.. Directory.GetFiles(Path.Combine(vault.Repository, ObjectName.Folder(ObjectKind.Data)), "*", SearchOption.AllDirectories)];
}
