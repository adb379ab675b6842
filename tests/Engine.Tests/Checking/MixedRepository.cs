using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Checking;

/// <summary>The objects of a repository that restic and we wrote together, with two keys and two snapshots; and copies of it in memory, one object of which may be harmed.</summary>
internal static class MixedRepository
{
    public static async Task<IReadOnlyDictionary<ObjectName, byte[]>> CreateAsync()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "noise"), OddTree.Noise(1, 700_000));
        await vault.BackUpAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "more"), OddTree.Noise(2, 40_000));
        await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);
        await vault.UseFreshAsync(repository => repository.AddKeyAsync("another password"));

        using var store = new LocalStore(vault.Repository);
        var objects = new Dictionary<ObjectName, byte[]> { [ObjectName.Config] = await store.GetAsync(ObjectName.Config) };
        foreach (var kind in new[] { ObjectKind.Key, ObjectKind.Snapshot, ObjectKind.Index, ObjectKind.Data })
        {
            await foreach (var stored in store.ListAsync(kind))
                objects.Add(stored.Name, await store.GetAsync(stored.Name));
        }

        return objects;
    }

    public static async Task<MemoryStore> StoreAsync(IReadOnlyDictionary<ObjectName, byte[]> objects, Corruption? corruption = null)
    {
        var store = new MemoryStore();
        foreach (var (name, bytes) in objects)
            await store.PutAsync(name, name == corruption?.Name ? corruption.Bytes : bytes);
        return store;
    }
}
