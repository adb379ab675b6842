using System.Text.Json;
using System.Text.Json.Nodes;
using BackupOnline.Engine.Blobs;
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

    [Fact]
    public async Task Fields_of_another_client_and_the_nanoseconds_of_the_time_are_copied_and_the_parent_is_not()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "file"), "text");
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        using var memory = new MemoryStore();
        await using (await Repository.InitAsync(memory, "another")) { }
        await using var destination = await OpenAsync(memory);
        var (copy, before) = await vault.UseAsync(async source =>
        {
            var json = await JsonAsync(source, snapshot.Id);
            (json["later"], json["time"], json["parent"]) = (JsonNode.Parse("""{"x":[1.50]}"""), "2026-05-01T12:00:00.123456789+02:00", new string('b', 64));
            var bytes = UnpackedCodec.Seal(source.Cipher, JsonSerializer.SerializeToUtf8Bytes(json));
            var theirs = new ObjectName(ObjectKind.Snapshot, ObjectId.Of(bytes));
            await source.Store.PutAsync(theirs, bytes);
            return (await new Copier(source, destination, new RestoreProgress()).CopyAsync(await source.FindSnapshotAsync(theirs.Id.ToString())), await JsonAsync(source, theirs.Id));
        });

        var after = await JsonAsync(destination, copy.Id);

        Assert.Equal(copy.Original?.ToString(), after["original"]!.GetValue<string>());
        before.Remove("parent");
        after.Remove("original");
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    private static async Task<JsonObject> JsonAsync(Repository repository, ObjectId id)
    {
        var name = new ObjectName(ObjectKind.Snapshot, id);
        return JsonNode.Parse(UnpackedCodec.Open(repository.Cipher, name, await repository.Store.GetAsync(name)))!.AsObject();
    }

    private static async Task<Repository> OpenAsync(IRepositoryStore store)
    {
        var repository = await Repository.OpenAsync(store, "another");
        await repository.LoadIndexAsync();
        return repository;
    }
}
