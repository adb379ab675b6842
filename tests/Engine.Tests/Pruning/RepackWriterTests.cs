using System.Security.Cryptography;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Pruning;

/// <summary>New packs for old blobs: with a bound on memory, and without anybody waiting for what never comes.</summary>
public sealed class RepackWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Trees_and_data_are_taken_by_turns_before_any_pack_is_full()
    {
        using var store = new MemoryStore();
        await using var repository = await Repository.InitAsync(store, "pw");
        using var writer = new RepackWriter(repository);
        for (var i = 0; i < 60; i++)
            await AddAsync(repository, writer, i % 2 == 0 ? BlobType.Tree : BlobType.Data, 1000).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await writer.FinishAsync(default);
        Assert.Equal(4, writer.Written.Count);
        Assert.Equal(60, writer.Written.Sum(pack => pack.Blobs.Count));
    }

    [Fact]
    public async Task No_pack_is_empty_though_many_add_blobs_that_are_larger_than_a_pack()
    {
        using var store = new MemoryStore();
        await using var repository = await Repository.InitAsync(store, "pw", new RepositoryOptions { PackSizeBytes = 4 << 20 });
        using var writer = new RepackWriter(repository);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) =>
            await AddAsync(repository, writer, BlobType.Data, i % 3 == 0 ? 7_900_000 : 1000)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await writer.FinishAsync(default);
        Assert.DoesNotContain(writer.Written, pack => pack.Blobs.Count == 0);
        Assert.Equal(60, writer.Written.Sum(pack => pack.Blobs.Count));
    }

    private static Task AddAsync(Repository repository, RepackWriter writer, BlobType type, int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        var sealedBytes = repository.Cipher.Seal(plain);
        return writer.AddAsync(new IndexedBlob(type, BlobId.Of(plain), new BlobLocation(default, 0, sealedBytes.Length, length, false)), sealedBytes, default);
    }
}
