using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Stores;

public sealed class MemoryStoreTests : RepositoryStoreSuite
{
    protected override Task<IRepositoryStore> NewStoreAsync() => Task.FromResult<IRepositoryStore>(new MemoryStore());
}
