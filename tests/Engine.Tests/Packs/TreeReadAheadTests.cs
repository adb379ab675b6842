using System.Security.Cryptography;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Packs;

public sealed class TreeReadAheadTests
{
    [Fact]
    public async Task A_thousand_trees_take_few_reads_and_come_back_right()
    {
        var reads = 0;
        using var store = new FaultyStore(new MemoryStore());
        var saved = new List<(BlobId Id, byte[] Plain)>();
        await using (var writer = await Repository.InitAsync(store, "pw"))
        {
            for (var i = 0; i < 1000; i++)
            {
                // Some larger than a block, some across the border of two.
                var plain = RandomNumberGenerator.GetBytes(i % 100 == 50 ? 300_000 : 100 + (i * 7));
                saved.Add(((await writer.SaveBlobAsync(BlobType.Tree, plain)).Id, plain));
            }

            await writer.FlushAsync();
        }

        store.Plan(new StoreFault { Operation = StoreOperation.ReadRange, Kind = StoreFaultKind.Delay, Times = int.MaxValue, Gate = CountAsync });
        await using var reader = await Repository.OpenAsync(store, "pw");
        await reader.LoadIndexAsync();
        foreach (var (id, plain) in saved)
            Assert.Equal(plain, await reader.LoadBlobAsync(BlobType.Tree, id));

        Assert.InRange(reads, 10, 60);

        Task CountAsync(CancellationToken token)
        {
            reads++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Readers_at_once_of_more_blocks_than_are_kept_get_the_right_trees()
    {
        using var store = new MemoryStore();
        var saved = new List<(BlobId Id, byte[] Plain)>();
        await using var repository = await Repository.InitAsync(store, "pw");
        for (var i = 0; i < 2_500; i++)
        {
            var plain = RandomNumberGenerator.GetBytes(3_000 + i);
            saved.Add(((await repository.SaveBlobAsync(BlobType.Tree, plain)).Id, plain));
        }

        await repository.FlushAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (reader, cancellation) =>
        {
            var order = saved.ToArray();
            new Random(reader).Shuffle(order);
            foreach (var (id, plain) in order)
                Assert.True((await repository.LoadBlobAsync(BlobType.Tree, id, cancellation)).AsSpan().SequenceEqual(plain));
        });
    }

    [Fact]
    public async Task A_pack_cut_off_behind_a_tree_still_gives_that_tree()
    {
        using var store = new MemoryStore();
        await using var repository = await Repository.InitAsync(store, "pw");
        for (var i = 0; i < 64; i++)
            await repository.SaveBlobAsync(BlobType.Tree, BitConverter.GetBytes(i));
        await repository.FlushAsync();
        var first = repository.Index.Entries().First(entry => entry.Location.Offset == 0);
        var pack = new ObjectName(ObjectKind.Data, first.Location.Pack);
        var whole = await store.GetAsync(pack);
        await store.DeleteAsync(pack);
        await store.PutAsync(pack, whole.AsMemory(0, first.Location.Length + 5));

        Assert.Equal(4, (await repository.LoadBlobAsync(BlobType.Tree, first.Id)).Length);
        var second = repository.Index.Entries().First(entry => entry.Location.Pack == pack.Id && entry.Location.Offset > 0);
        var failure = await Assert.ThrowsAsync<RepositoryException>(async () => await repository.LoadBlobAsync(BlobType.Tree, second.Id));
        Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
    }

    [Fact]
    public async Task A_tree_behind_what_was_known_of_its_pack_when_it_was_read_is_read_too()
    {
        using var store = new MemoryStore();
        await using (var writer = await Repository.InitAsync(store, "pw"))
        {
            for (var i = 0; i < 64; i++)
                await writer.SaveBlobAsync(BlobType.Tree, BitConverter.GetBytes(i));
            await writer.FlushAsync();
        }

        await using var whole = await Repository.OpenAsync(store, "pw");
        await whole.LoadIndexAsync();
        var inOnePack = whole.Index.Entries().GroupBy(entry => entry.Location.Pack).MaxBy(pack => pack.Count())!.OrderBy(entry => entry.Location.Offset).ToList();
        var (first, last) = (inOnePack[0], inOnePack[^1]);

        // As when two index files tell of one pack, and the second is read later.
        await using var reader = await Repository.OpenAsync(store, "pw");
        reader.Index.AddPack(first.Location.Pack, [Packed(first)]);
        Assert.Equal(4, (await reader.LoadBlobAsync(BlobType.Tree, first.Id)).Length);
        reader.Index.AddPack(last.Location.Pack, [Packed(last)]);
        Assert.Equal(4, (await reader.LoadBlobAsync(BlobType.Tree, last.Id)).Length);

        static PackedBlob Packed(IndexedBlob blob) => new(blob.Type, blob.Id, blob.Location.Offset, blob.Location.Length, blob.Location.PlainLength, blob.Location.IsCompressed);
    }
}
