using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Stores;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>The engine's contract of stores, kept by the real shelf behind the engine's REST store.</summary>
public sealed class EngineStoreTests : RepositoryStoreSuite, IAsyncLifetime
{
    private ShelfHost _shelf = null!;

    public async ValueTask InitializeAsync() => _shelf = await ShelfHost.StartAsync();

    public ValueTask DisposeAsync() => _shelf.DisposeAsync();

    protected override Task<IRepositoryStore> NewStoreAsync()
    {
        var user = _shelf.User(CredentialScope.Prune);
        return Task.FromResult<IRepositoryStore>(new RestStore(new RestAddress(new Uri(_shelf.Address, "acme/main/"), user.KeyId, user.Secret)));
    }
}
