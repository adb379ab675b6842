using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Archiving;

/// <summary>A repository in a folder beside a source folder, opened anew for each verb, as separate runs of the agent would.</summary>
internal sealed class EngineVault : IDisposable
{
    public TempFolder Folder { get; } = new();

    public string Repository => Folder["repo"];

    public string Source => Folder["source"];

    public EngineVault() => Directory.CreateDirectory(Source);

    public async Task<EngineVault> InitAsync()
    {
        using var store = new LocalStore(Repository);
        await using var repository = await Engine.Repositories.Repository.InitAsync(store, StockRestic.Password);
        return this;
    }

    public async Task<T> UseAsync<T>(Func<Repository, Task<T>> use, RepositoryOptions? options = null, Func<IRepositoryStore, IRepositoryStore>? wrap = null)
    {
        using IRepositoryStore store = new LocalStore(Repository);
        await using var repository = await Engine.Repositories.Repository.OpenAsync(wrap?.Invoke(store) ?? store, StockRestic.Password, options);
        await repository.LoadIndexAsync();
        return await use(repository);
    }

    /// <summary>As <see cref="UseAsync"/>, for what loads the index itself: a check, a prune, a repair.</summary>
    public async Task<T> UseFreshAsync<T>(Func<Repository, Task<T>> use)
    {
        using var store = new LocalStore(Repository);
        await using var repository = await Engine.Repositories.Repository.OpenAsync(store, StockRestic.Password);
        return await use(repository);
    }

    public BackupOptions Options(params string[] targets) => new()
    {
        Targets = [.. (targets.Length == 0 ? [Source] : targets).Select(RawPath.FromText)],
        Host = "host",
    };

    public Task<BackupResult> BackUpAsync(BackupOptions? options = null) => UseAsync(repository => Archiver.BackUpAsync(repository, options ?? Options()));

    public Task<RestoreResult> RestoreAsync(Snapshot snapshot, string target) =>
        UseAsync(repository => Restorer.RestoreAsync(repository, new RestoreOptions { Tree = snapshot.Tree, Target = RawPath.FromText(target) }));

    public Task<Snapshot> LatestAsync() => UseAsync(repository => repository.FindSnapshotAsync("latest"));

    /// <summary>Changes a stored object, which may be read-only, as a failing disk would.</summary>
    public static async Task DamageAsync(string path, Action<MemoryStream> change)
    {
        using var bytes = new MemoryStream();
        bytes.Write(await File.ReadAllBytesAsync(path));
        change(bytes);
        File.Delete(path);
        await File.WriteAllBytesAsync(path, bytes.ToArray());
    }

    public void Dispose() => Folder.Dispose();
}
