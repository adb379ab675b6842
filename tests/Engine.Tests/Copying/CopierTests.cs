using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Copying;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Copying;

public sealed class CopierTests
{
    [Fact]
    public async Task A_copy_that_was_cut_off_is_completed_by_the_next_one()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        using var memory = new MemoryStore();
        await using (await Repository.InitAsync(memory, "another")) { }

        var faulty = new FaultyStore(memory);
        faulty.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = ObjectKind.Data, Kind = StoreFaultKind.FailBefore, Skip = 1, Times = 100, Problem = RepositoryProblem.Unreachable });
        await using (var broken = await OpenAsync(faulty))
            await Assert.ThrowsAsync<RepositoryException>(() => vault.UseAsync(source => new Copier(source, broken, new RestoreProgress()).CopyAsync(snapshot)));
        await using (var whole = await OpenAsync(memory))
        {
            Assert.Empty(await whole.SnapshotsAsync());
            var copy = await vault.UseAsync(source => new Copier(source, whole, new RestoreProgress()).CopyAsync(snapshot));
            Assert.Equal(snapshot.Id, copy.Original);
            Assert.Equal(snapshot.Tree, copy.Tree);
            Assert.True(Copier.IsCopy(copy, snapshot));
        }

        await using var judged = await Repository.OpenAsync(memory, "another");
        Assert.Equal(0, (await Checker.CheckAsync(judged, new CheckOptions { ReadData = true })).ErrorCount);
    }

    [Fact]
    public async Task Blobs_that_are_there_are_not_read()
    {
        using var vault = await new EngineVault().InitAsync();
        var bytes = new byte[3 << 20];
        new Random(4).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "file"), bytes);
        var first = (await vault.BackUpAsync()).Snapshot;
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "new"), "small");
        var second = (await vault.BackUpAsync()).Snapshot;
        using var memory = new MemoryStore();
        await using (await Repository.InitAsync(memory, "another")) { }
        await using var destination = await OpenAsync(memory);
        await vault.UseAsync(source => new Copier(source, destination, new RestoreProgress()).CopyAsync(first));

        var progress = new RestoreProgress();
        await vault.UseAsync(source => new Copier(source, destination, progress).CopyAsync(second));
        Assert.Equal((1L, 5L), (progress.Read().FilesDone, progress.Read().BytesDone));
    }

    private static async Task<Repository> OpenAsync(IRepositoryStore store)
    {
        var repository = await Repository.OpenAsync(store, "another");
        await repository.LoadIndexAsync();
        return repository;
    }
}
