using System.Security.Cryptography;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Stores;

/// <summary>
/// The contract of <see cref="IRepositoryStore"/>, run against every implementation. A store of its own per test, made by <see cref="NewStoreAsync"/>;
/// may be inherited by the tests of a server, which then runs the same suite over the wire.
/// </summary>
public abstract class RepositoryStoreSuite
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An empty store on which CreateAsync has not been called; disposed by the test.</summary>
    protected abstract Task<IRepositoryStore> NewStoreAsync();

    [Theory]
    [InlineData(ObjectKind.Key)]
    [InlineData(ObjectKind.Lock)]
    [InlineData(ObjectKind.Snapshot)]
    [InlineData(ObjectKind.Index)]
    [InlineData(ObjectKind.Data)]
    public async Task What_was_put_is_got_listed_measured_and_deleted(ObjectKind kind)
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(kind, 1000);
        Assert.Null(await store.LengthAsync(name, Cancel));

        await store.PutAsync(name, bytes, Cancel);

        Assert.Equal(bytes, await store.GetAsync(name, Cancel));
        Assert.Equal(1000, await store.LengthAsync(name, Cancel));
        Assert.Equal([new StoredObject(name, 1000)], await ListAsync(store, kind));
        await store.DeleteAsync(name, Cancel);
        Assert.Null(await store.LengthAsync(name, Cancel));
        Assert.Empty(await ListAsync(store, kind));
    }

    [Fact]
    public async Task The_config_is_written_once()
    {
        using var store = await CreatedAsync();
        byte[] config = [1, 2, 3], other = [3, 2, 1];
        Assert.Empty(await ListAsync(store, ObjectKind.Config));

        await store.PutAsync(ObjectName.Config, config, Cancel);
        await store.PutAsync(ObjectName.Config, config, Cancel);

        var refusal = await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(ObjectName.Config, other, Cancel));
        Assert.Equal(RepositoryProblem.RepositoryExists, refusal.Problem);
        Assert.Equal(config, await store.GetAsync(ObjectName.Config, Cancel));
        Assert.Equal([new StoredObject(ObjectName.Config, 3)], await ListAsync(store, ObjectKind.Config));
    }

    [Fact]
    public async Task The_same_object_may_be_put_again()
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 100_000);

        await store.PutAsync(name, bytes, Cancel);
        await store.PutAsync(name, bytes, Cancel);

        Assert.Equal([new StoredObject(name, 100_000)], await ListAsync(store, ObjectKind.Data));
    }

    [Fact]
    public async Task Many_may_put_the_same_object_at_once()
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 300_000);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => store.PutAsync(name, bytes, Cancel), Cancel)));

        Assert.Equal(bytes, await store.GetAsync(name, Cancel));
        Assert.Single(await ListAsync(store, ObjectKind.Data));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 1)]
    [InlineData(999_990, 10)]
    [InlineData(123_456, 500_000)]
    [InlineData(7, 0)]
    public async Task Any_range_inside_an_object_is_read(int offset, int length)
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 1_000_000);
        await store.PutAsync(name, bytes, Cancel);
        var buffer = new byte[length];

        await store.ReadRangeAsync(name, offset, buffer, Cancel);

        Assert.Equal(bytes[offset..(offset + length)], buffer);
    }

    [Theory]
    [InlineData(995, 10)]
    [InlineData(1000, 1)]
    [InlineData(2000, 5)]
    public async Task A_range_beyond_the_end_is_corrupt(int offset, int length)
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 1000);
        await store.PutAsync(name, bytes, Cancel);

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.ReadRangeAsync(name, offset, new byte[length], Cancel));

        Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
        Assert.Contains(name.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_absent_is_not_found_and_may_be_deleted()
    {
        using var store = await CreatedAsync();
        var (name, _) = NewObject(ObjectKind.Data, 10);

        var whole = await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(name, Cancel));
        var part = await Assert.ThrowsAsync<RepositoryException>(() => store.ReadRangeAsync(name, 0, new byte[5], Cancel));
        await store.DeleteAsync(name, Cancel);

        Assert.Equal((RepositoryProblem.NotFound, RepositoryProblem.NotFound), (whole.Problem, part.Problem));
        Assert.Contains(name.ToString(), whole.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_has_all_of_its_kind_and_nothing_else()
    {
        using var store = await CreatedAsync();
        var wanted = new HashSet<StoredObject>();
        for (var i = 0; i < 40; i++)
        {
            var (name, bytes) = NewObject(ObjectKind.Data, i + 1);
            await store.PutAsync(name, bytes, Cancel);
            wanted.Add(new StoredObject(name, i + 1));
        }

        var (snapshot, content) = NewObject(ObjectKind.Snapshot, 5);
        await store.PutAsync(snapshot, content, Cancel);

        Assert.Equal(wanted, (await ListAsync(store, ObjectKind.Data)).ToHashSet());
        Assert.Single(await ListAsync(store, ObjectKind.Snapshot));
        Assert.Empty(await ListAsync(store, ObjectKind.Index));
    }

    [Fact]
    public async Task Creating_again_keeps_what_is_there()
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Index, 77);
        await store.PutAsync(name, bytes, Cancel);

        await store.CreateAsync(Cancel);

        Assert.Equal(bytes, await store.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled()
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 10);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PutAsync(name, bytes, new CancellationToken(true)));

        Assert.Null(await store.LengthAsync(name, Cancel));
    }

    [Fact]
    public async Task A_large_object_comes_back_whole()
    {
        using var store = await CreatedAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 20_000_000);

        await store.PutAsync(name, bytes, Cancel);

        Assert.Equal(name.Id, ObjectId.Of(await store.GetAsync(name, Cancel)));
    }

    protected static (ObjectName Name, byte[] Bytes) NewObject(ObjectKind kind, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        return (new ObjectName(kind, ObjectId.Of(bytes)), bytes);
    }

    protected static async Task<List<StoredObject>> ListAsync(IRepositoryStore store, ObjectKind kind)
    {
        var found = new List<StoredObject>();
        await foreach (var stored in store.ListAsync(kind, Cancel))
            found.Add(stored);
        return found;
    }

    private async Task<IRepositoryStore> CreatedAsync()
    {
        var store = await NewStoreAsync();
        await store.CreateAsync(Cancel);
        return store;
    }
}
