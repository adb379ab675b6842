using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Engine.Tests.Pruning;

/// <summary>A repository in memory whose snapshots hold numbered files of known content; opened anew for each verb, as separate runs would.</summary>
internal sealed class MemoryVault : IDisposable
{
    private const int FileBytes = 10_000;

    // Opening by the password costs more than everything else here: it is done once.
    private Repository _opened = null!;

    public MemoryStore Store { get; private init; } = new();

    public FakeTimeProvider Time { get; private init; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public static async Task<MemoryVault> CreateAsync()
    {
        var vault = new MemoryVault();
        vault._opened = await Repository.InitAsync(vault.Store, "pw", new RepositoryOptions { Time = vault.Time });
        return vault;
    }

    /// <summary>The same objects in another store.</summary>
    public async Task<MemoryVault> CopyAsync()
    {
        var copy = new MemoryVault { Time = Time, _opened = _opened };
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            foreach (var stored in await ListAsync(kind))
                await copy.Store.PutAsync(stored.Name, await Store.GetAsync(stored.Name));
            if (kind == ObjectKind.Config)
                await copy.Store.PutAsync(ObjectName.Config, await Store.GetAsync(ObjectName.Config));
        }

        return copy;
    }

    /// <summary>As if just opened, perhaps through another store.</summary>
    public Repository Open(IRepositoryStore? through = null, Action<string>? onNotice = null, int indexFlushBlobs = 50_000) =>
        _opened.Reopened(through ?? Store, new RepositoryOptions { Time = Time, OnNotice = onNotice, IndexFlushBlobs = indexFlushBlobs });

    /// <summary>Saves files, each a blob, and the snapshot of them, in packs of its own.</summary>
    public async Task<Snapshot> BackUpAsync(params int[] files)
    {
        await using var repository = Open();
        await repository.LoadIndexAsync();
        repository.ForgetMarkedPacks();
        return await BackUpAsync(repository, files);
    }

    public static async Task<Snapshot> BackUpAsync(Repository repository, params int[] files)
    {
        var nodes = new List<TreeNode>();
        foreach (var file in files.Order())
        {
            var saved = await repository.SaveBlobAsync(BlobType.Data, Content(file));
            nodes.Add(new TreeNode { Name = RawPath.FromText($"file{file:d6}"), Type = NodeType.File, Mode = new NodeMode(420), Size = FileBytes, Content = [saved.Id] });
        }

        // In a folder, so that there are trees below the root.
        var folder = await repository.SaveBlobAsync(BlobType.Tree, TreeWriter.Encode(nodes));
        var root = await repository.SaveBlobAsync(
            BlobType.Tree, TreeWriter.Encode([new TreeNode { Name = RawPath.FromText("folder"), Type = NodeType.Folder, Mode = new NodeMode(0x800001ED), Subtree = folder.Id }]));
        return await repository.SaveSnapshotAsync(new Snapshot { Time = repository.Options.Time.GetUtcNow(), Tree = root.Id, Paths = ["/folder"], Hostname = "host" });
    }

    public Task ForgetAsync(Snapshot snapshot) => Store.DeleteAsync(new ObjectName(ObjectKind.Snapshot, snapshot.Id));

    public async Task<PruneResult> PruneAsync(PruneOptions? options = null, IRepositoryStore? through = null, Action<string>? onNotice = null)
    {
        await using var repository = Open(through, onNotice);
        return await Pruner.PerformAsync(repository, await Pruner.PlanAsync(repository, options ?? new PruneOptions()));
    }

    public async Task<PrunePlan> PlanAsync(PruneOptions? options = null)
    {
        await using var repository = Open();
        return await Pruner.PlanAsync(repository, options ?? new PruneOptions());
    }

    /// <summary>No error even when every byte is read, and every snapshot gives its files back.</summary>
    public async Task ShouldBeSoundAsync()
    {
        await using (var repository = Open())
        {
            var result = await Checker.CheckAsync(repository, new CheckOptions { ReadData = true });
            Assert.True(result.ErrorCount == 0, string.Join('\n', result.Findings));
        }

        await ShouldRestoreAsync();
    }

    /// <summary>Every snapshot gives its files back.</summary>
    public async Task ShouldRestoreAsync()
    {
        await using var repository = Open();
        await repository.LoadIndexAsync();
        foreach (var snapshot in await repository.SnapshotsAsync())
        {
            await foreach (var item in TreeWalk.ItemsAsync(repository, snapshot.Tree))
            {
                if (item.Node.Content is not { } content)
                    continue;
                var file = int.Parse(item.Node.Name.ToString()["file".Length..], System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(Content(file), await repository.LoadBlobAsync(BlobType.Data, Assert.Single(content)));
            }
        }
    }

    public async Task<List<StoredObject>> ListAsync(ObjectKind kind) => kind == ObjectKind.Config ? [] : await Store.ListAsync(kind).ToListAsync();

    public async Task<long> BytesAsync(ObjectKind kind) => (await ListAsync(kind)).Sum(stored => stored.Length);

    /// <summary>Numbers of files: a backup spreads them at random over two packs, and of so many some of each kind lie in both.</summary>
    public static int[] Odd { get; } = [.. Enumerable.Range(0, 30).Select(number => (2 * number) + 1)];

    public static int[] Even { get; } = [.. Odd.Select(number => number + 1)];

    public static int[] All { get; } = [.. Odd, .. Even];

    public static byte[] Content(int file) => OddTree.Noise(file, FileBytes);

    public void Dispose() => Store.Dispose();
}
