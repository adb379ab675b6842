using System.Collections.Concurrent;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Stores;

/// <summary>The suite over real HTTP.</summary>
public sealed class RestStoreTests : RepositoryStoreSuite, IAsyncLifetime
{
    private RestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_version_1_server_is_listed_too()
    {
        await using var old = await RestServer.StartAsync(version1: true);
        using var store = new RestStore(RestAddress.Parse(old.Url));
        var (name, bytes) = NewObject(ObjectKind.Data, 1234);

        await store.PutAsync(name, bytes);

        Assert.Equal([new StoredObject(name, 1234)], await ListAsync(store, ObjectKind.Data));
    }

    [Fact]
    public async Task A_server_without_ranges_is_read_too()
    {
        await using var plain = await RestServer.StartAsync(ranges: false);
        using var store = new RestStore(RestAddress.Parse(plain.Url));
        var (name, bytes) = NewObject(ObjectKind.Data, 300_000);
        await store.PutAsync(name, bytes);
        var part = new byte[1000];

        await store.ReadRangeAsync(name, 200_000, part);

        Assert.Equal(bytes[200_000..201_000], part);
    }

    [Fact]
    public async Task Every_piece_of_an_upload_waits_for_the_pace_and_nothing_else_does()
    {
        var pieces = new ConcurrentQueue<int>();
        using var store = new RestStore(RestAddress.Parse(_server.Url), new RestStoreOptions
        {
            Pace = async (bytes, cancellation) =>
            {
                await Task.Yield();
                pieces.Enqueue(bytes);
            },
        });
        var (name, bytes) = NewObject(ObjectKind.Data, 300_000);

        await store.PutAsync(name, bytes);

        Assert.Equal([131_072, 131_072, 37_856], pieces);
        Assert.Equal(bytes, await store.GetAsync(name));
        Assert.Equal(3, pieces.Count);
    }

    protected override Task<IRepositoryStore> NewStoreAsync() => Task.FromResult<IRepositoryStore>(new RestStore(RestAddress.Parse(_server.Url)));
}
