using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Stores;

public sealed class FaultyStoreTests : RepositoryStoreSuite
{
    [Fact]
    public async Task A_lost_answer_fails_though_the_object_is_there()
    {
        using var store = new FaultyStore(new MemoryStore());
        store.Plan(new StoreFault { Operation = StoreOperation.Put, Kind = StoreFaultKind.FailAfter });
        var (name, bytes) = NewObject(ObjectKind.Data, 10);

        await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(name, bytes));

        Assert.Equal(bytes, await store.GetAsync(name));
    }

    [Fact]
    public async Task A_fault_hits_only_the_calls_that_it_was_planned_for()
    {
        using var store = new FaultyStore(new MemoryStore());
        store.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = ObjectKind.Index, Kind = StoreFaultKind.FailBefore, Skip = 1, Times = 1, Problem = RepositoryProblem.NoRoom });
        var (data, dataBytes) = NewObject(ObjectKind.Data, 10);
        var (index, indexBytes) = NewObject(ObjectKind.Index, 10);

        await store.PutAsync(data, dataBytes);
        await store.PutAsync(index, indexBytes);
        var hit = await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(index, indexBytes));
        await store.PutAsync(index, indexBytes);

        Assert.Equal(RepositoryProblem.NoRoom, hit.Problem);
    }

    [Fact]
    public async Task Bytes_are_harmed_on_the_way_in_and_on_the_way_out()
    {
        using var store = new FaultyStore(new MemoryStore());
        store.Plan(new StoreFault { Operation = StoreOperation.Put, Kind = StoreFaultKind.Truncate });
        store.Plan(new StoreFault { Operation = StoreOperation.Get, Kind = StoreFaultKind.Corrupt });
        var (name, bytes) = NewObject(ObjectKind.Data, 10);

        await store.PutAsync(name, bytes);

        Assert.NotEqual(bytes[..5], await store.GetAsync(name));
        Assert.Equal(bytes[..5], await store.GetAsync(name));
    }

    protected override Task<IRepositoryStore> NewStoreAsync() => Task.FromResult<IRepositoryStore>(new FaultyStore(new MemoryStore()));
}
