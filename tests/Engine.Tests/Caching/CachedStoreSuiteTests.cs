using BackupOnline.Engine.Caching;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Stores;

namespace BackupOnline.Engine.Tests.Caching;

/// <summary>With a cache a store is a store like any other.</summary>
public sealed class CachedStoreSuiteTests : RepositoryStoreSuite, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IRepositoryStore> NewStoreAsync()
    {
        var store = new CachedStore(new MemoryStore());
        store.Use(new CacheFolder(_folder["cache"], new string('a', 64), TimeProvider.System));
        return Task.FromResult<IRepositoryStore>(store);
    }
}
