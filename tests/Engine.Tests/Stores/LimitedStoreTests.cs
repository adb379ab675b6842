using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Stores;

public sealed class LimitedStoreTests : RepositoryStoreSuite
{
    protected override Task<IRepositoryStore> NewStoreAsync() => Task.FromResult<IRepositoryStore>(
        new LimitedStore(new MemoryStore(), new RateLimit(1L << 30, TimeProvider.System), new RateLimit(1L << 30, TimeProvider.System)));
}
