using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using CsCheck;

namespace BackupOnline.Engine.Tests.Repositories;

/// <summary>Every stored object, harmed: noticed, named, and with advice; never an exception of another kind.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _repo;

    public DamageTests() => _repo = GoldenRepository.Unpack(_folder);

    [Fact]
    public async Task Any_flipped_bit_of_a_pack_is_noticed_by_whoever_reads_it()
    {
        using var memory = await CopyAsync(_ => true);
        await using var repository = await OpenAsync(memory);
        var blobs = repository.Index.Entries().ToList();

        // Blob by blob through the decoder: fast enough for many.
        await Gen.Select(Gen.Int[0, blobs.Count - 1], Gen.Int[0, int.MaxValue]).SampleAsync(async (number, at) =>
        {
            var blob = blobs[number];
            var stored = new byte[blob.Location.Length];
            await memory.ReadRangeAsync(new ObjectName(ObjectKind.Data, blob.Location.Pack), blob.Location.Offset, stored);
            var bit = at % (stored.Length * 8);
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
            var failure = Assert.Throws<RepositoryException>(() => repository.DecodeBlob(blob, stored, new byte[blob.Location.PlainLength]));
            return failure.Problem == RepositoryProblem.Corrupt && failure.Message.Contains(blob.Location.Pack.ToString(), StringComparison.Ordinal);
        }, iter: 300);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_tree_in_a_lent_buffer_comes_from_a_copy_that_is_whole(int harmed)
    {
        using var store = new MemoryStore();
        var tree = Encoding.UTF8.GetBytes($$"""{"nodes":[],"more":"{{new string('x', 5000)}}"}""");
        await using var repository = await Repository.InitAsync(store, "pw");
        await using (var one = repository.Reopened())
        await using (var other = repository.Reopened())
        {
            foreach (var writer in new[] { one, other })
            {
                await writer.SaveBlobAsync(BlobType.Tree, tree);
                await writer.FlushAsync();
            }
        }

        await repository.LoadIndexAsync();
        var places = repository.Index.FindAll(BlobType.Tree, BlobId.Of(tree));
        Assert.Equal(2, places.Count);
        foreach (var place in places.Take(harmed))
        {
            var name = new ObjectName(ObjectKind.Data, place.Pack);
            var bytes = (await store.GetAsync(name)).ToArray();
            bytes[place.Offset + 20] ^= 1;
            await ReplaceAsync(store, name, bytes);
        }

        if (harmed == 1)
        {
            using var plain = await repository.LoadTreeAsync(BlobId.Of(tree));
            Assert.Equal(tree, plain.Span.ToArray());
            return;
        }

        Assert.Equal(RepositoryProblem.Corrupt, (await Assert.ThrowsAsync<RepositoryException>(() => repository.LoadTreeAsync(BlobId.Of(tree)).AsTask())).Problem);

        // What was lent in vain went back once: nobody shares it.
        using var first = NativeBuffers.RentForBlob(tree.Length);
        using var second = NativeBuffers.RentForBlob(tree.Length);
        first.Span[0] = 1;
        second.Span[0] = 2;
        Assert.Equal(1, first.Span[0]);
    }

    [Fact]
    public async Task Any_flipped_bit_of_indexes_and_snapshots_is_noticed()
    {
        using var memory = await CopyAsync(_ => true);
        await using var repository = await Repository.OpenAsync(memory, GoldenRepository.Password);
        var random = new Random(7);
        foreach (var kind in (ObjectKind[])[ObjectKind.Index, ObjectKind.Snapshot])
        {
            foreach (var (name, _) in await memory.ListAsync(kind).ToListAsync())
            {
                var whole = await memory.GetAsync(name);
                for (var trial = 0; trial < 20; trial++)
                {
                    await ReplaceAsync(memory, name, Flipped(whole, random));
                    var failure = await Assert.ThrowsAsync<RepositoryException>(() =>
                        kind == ObjectKind.Index ? repository.LoadIndexAsync() : repository.SnapshotsAsync());
                    Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
                    Assert.Contains(name.ToString(), failure.Message, StringComparison.Ordinal);
                }

                await ReplaceAsync(memory, name, whole);
            }
        }
    }

    [Fact]
    public async Task A_flipped_bit_of_the_config_is_noticed()
    {
        using var original = new LocalStore(_repo);
        using var harmed = await CopyAsync(name => name != ObjectName.Config);
        await harmed.PutAsync(ObjectName.Config, Flipped(await original.GetAsync(ObjectName.Config), new Random(7)));

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(harmed, GoldenRepository.Password));

        Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
        Assert.Contains("config", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_index_is_named_and_the_rest_can_still_be_used()
    {
        using var original = new LocalStore(_repo);
        var name = (await original.ListAsync(ObjectKind.Index).FirstAsync()).Name;
        using var harmed = await CopyAsync(other => other != name);
        await harmed.PutAsync(name, (await original.GetAsync(name)).AsMemory()[..^20]);
        await using var repository = await Repository.OpenAsync(harmed, GoldenRepository.Password);

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => repository.LoadIndexAsync());
        var damaged = new List<ObjectId>();
        await repository.LoadIndexAsync((id, _) => damaged.Add(id));

        Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
        Assert.Contains(name.Name, failure.Message, StringComparison.Ordinal);
        Assert.Equal([name.Id], damaged);
        Assert.NotEqual(0, repository.Index.Count);
    }

    [Fact]
    public async Task A_missing_pack_is_named()
    {
        using var memory = await CopyAsync(_ => true);
        await using var repository = await OpenAsync(memory);
        var blob = repository.Index.Entries().First();
        await memory.DeleteAsync(new ObjectName(ObjectKind.Data, blob.Location.Pack));

        var failure = await Assert.ThrowsAsync<RepositoryException>(async () => await repository.LoadBlobAsync(blob.Type, blob.Id));

        Assert.Equal(RepositoryProblem.NotFound, failure.Problem);
        Assert.Contains(blob.Location.Pack.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_pack_is_corrupt_and_so_is_its_header()
    {
        using var memory = await CopyAsync(_ => true);
        await using var repository = await OpenAsync(memory);
        var blob = repository.Index.Entries().MaxBy(entry => entry.Location.Offset);
        var name = new ObjectName(ObjectKind.Data, blob.Location.Pack);
        var bytes = await memory.GetAsync(name);
        await memory.DeleteAsync(name);
        await memory.PutAsync(name, bytes.AsMemory(0, (int)blob.Location.Offset + 10));

        var failure = await Assert.ThrowsAsync<RepositoryException>(async () => await repository.LoadBlobAsync(blob.Type, blob.Id));
        var header = await Assert.ThrowsAsync<RepositoryException>(() => repository.ReadPackHeaderAsync(name.Id, blob.Location.Offset + 10));

        Assert.Equal((RepositoryProblem.Corrupt, RepositoryProblem.Corrupt), (failure.Problem, header.Problem));
    }

    [Fact]
    public async Task A_damaged_copy_is_passed_over_when_there_is_another()
    {
        using var memory = new MemoryStore();
        var notices = new List<string>();
        byte[] plain = [.. "twice"u8];
        await using (var first = await Repository.InitAsync(memory, "pw"))
        await using (var second = await Repository.OpenAsync(memory, "pw"))
        {
            foreach (var writer in (Repository[])[first, second])
            {
                await writer.SaveBlobAsync(BlobType.Data, plain);
                await writer.FlushAsync();
            }
        }

        await using var reader = await Repository.OpenAsync(memory, "pw", new RepositoryOptions { OnNotice = notices.Add });
        await reader.LoadIndexAsync();
        Assert.True(reader.Index.TryFind(BlobType.Data, BlobId.Of(plain), out var place));
        await memory.DeleteAsync(new ObjectName(ObjectKind.Data, place.Pack));

        Assert.Equal(plain, await reader.LoadBlobAsync(BlobType.Data, BlobId.Of(plain)));
        Assert.Contains(place.Pack.ToString(), Assert.Single(notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_config_of_another_version_says_what_to_do(int version)
    {
        using var memory = await WithConfigAsync(json => json.Replace("\"version\":2", $"\"version\":{version}", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(memory, GoldenRepository.Password));

        Assert.Equal(RepositoryProblem.UnsupportedVersion, failure.Problem);
        Assert.Contains($"version {version}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_with_a_reducible_polynomial_is_refused()
    {
        using var memory = await WithConfigAsync(json =>
        {
            var polynomial = JsonDocument.Parse(json).RootElement.GetProperty("chunker_polynomial").GetString()!;
            return json.Replace(polynomial, "20000000000002", StringComparison.Ordinal);
        });

        Assert.Equal(RepositoryProblem.Corrupt, (await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(memory, GoldenRepository.Password))).Problem);
    }

    [Fact]
    public async Task A_key_file_of_absurd_cost_is_passed_over()
    {
        using var memory = await CopyAsync(name => name.Kind != ObjectKind.Key);
        using var original = new LocalStore(_repo);
        var notices = new List<string>();
        var first = true;
        await foreach (var stored in original.ListAsync(ObjectKind.Key))
        {
            var bytes = await original.GetAsync(stored.Name);
            if (first)
                bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\"N\":", "\"N\":1125899906842624,\"was\":", StringComparison.Ordinal));
            first = false;
            await memory.PutAsync(new ObjectName(ObjectKind.Key, ObjectId.Of(bytes)), bytes);
        }

        // Whichever of the two passwords is left opens it.
        var opened = 0;
        foreach (var password in (string[])[GoldenRepository.Password, GoldenRepository.SecondPassword])
        {
            try
            {
                await (await Repository.OpenAsync(memory, password, new RepositoryOptions { OnNotice = notices.Add })).DisposeAsync();
                opened++;
            }
            catch (RepositoryException e) when (e.Problem == RepositoryProblem.WrongPassword)
            {
            }
        }

        Assert.Equal(1, opened);
        Assert.Contains("512 MiB", notices[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_store_is_no_repository_and_one_without_keys_is_corrupt()
    {
        using var empty = new MemoryStore();
        using var keyless = await CopyAsync(name => name.Kind != ObjectKind.Key);

        Assert.Equal(RepositoryProblem.NoRepository, (await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(empty, "pw"))).Problem);
        Assert.Equal(RepositoryProblem.Corrupt, (await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(keyless, "pw"))).Problem);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Repository> OpenAsync(IRepositoryStore store)
    {
        var repository = await Repository.OpenAsync(store, GoldenRepository.Password);
        await repository.LoadIndexAsync();
        return repository;
    }

    private static async Task ReplaceAsync(MemoryStore store, ObjectName name, byte[] bytes)
    {
        await store.DeleteAsync(name);
        await store.PutAsync(name, bytes);
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private async Task<MemoryStore> CopyAsync(Func<ObjectName, bool> which)
    {
        var copy = new MemoryStore();
        using var original = new LocalStore(_repo);
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            await foreach (var stored in original.ListAsync(kind))
            {
                if (which(stored.Name))
                    await copy.PutAsync(stored.Name, await original.GetAsync(stored.Name));
            }
        }

        return copy;
    }

    private async Task<MemoryStore> WithConfigAsync(Func<string, string> change)
    {
        using var original = new LocalStore(_repo);
        await using var repository = await Repository.OpenAsync(original, GoldenRepository.Password);
        var json = Encoding.UTF8.GetString(repository.Cipher.TryOpen(await original.GetAsync(ObjectName.Config))!);
        var copy = await CopyAsync(name => name != ObjectName.Config);
        await copy.PutAsync(ObjectName.Config, repository.Cipher.Seal(Encoding.UTF8.GetBytes(change(json))));
        return copy;
    }
}
