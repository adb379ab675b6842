using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Stores;
using BackupOnline.StorageNode.Tests.Hosting;
using BackupOnline.StorageNode.Work;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests.Work;

/// <summary>The engine's contract of stores, kept by the worker's way into the shelf's own object layer.</summary>
public sealed class VaultStoreTests : RepositoryStoreSuite, IAsyncLifetime
{
    private ShelfHost _shelf = null!;

    public async ValueTask InitializeAsync() => _shelf = await ShelfHost.StartAsync();

    public ValueTask DisposeAsync() => _shelf.DisposeAsync();

    protected override async Task<IRepositoryStore> NewStoreAsync() => await _shelf.Services.GetRequiredService<HotVaults>().StoreAsync(
        new("acme", "main"), new() { Ready = true, ImmutabilityWindow = TimeSpan.FromDays(7), Seals = [], Forget = [] });
}
