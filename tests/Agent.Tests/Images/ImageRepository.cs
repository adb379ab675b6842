using BackupOnline.Agent.Tests.Running;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Tests.Images;

/// <summary>A repository with points of disks, open, on a customer's machine.</summary>
internal sealed class ImageRepository : IAsyncDisposable
{
    private readonly LocalStore _store;

    private ImageRepository(Machine machine, LocalStore store, Repository repository) => (Machine, _store, Repository) = (machine, store, repository);

    public Machine Machine { get; }

    public Repository Repository { get; }

    public static async Task<ImageRepository> MakeAsync()
    {
        var machine = new Machine().WithRepository();
        var store = new LocalStore(machine.Repository);
        return new ImageRepository(machine, store, await Repository.InitAsync(store, Machine.Password));
    }

    /// <summary>Image files become <c>/web01/disk0.raw</c> and so on.</summary>
    public async Task<Snapshot> BackUpAsync(params string[] images)
    {
        var sources = images.Select((path, number) => (IImageSource)new FileImage($"disk{number}.raw", path)).ToList();
        return (await ImageArchiver.BackUpAsync(Repository, new ImageBackupOptions { Host = "host", Folder = "/web01", Images = sources, BlockSize = ImageBlocks.MinSize })).Backup.Snapshot;
    }

    public Task<ImageReader> OpenAsync(Snapshot snapshot, int number = 0) => ImageReader.OpenAsync(Repository, snapshot, $"/web01/disk{number}.raw");

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        _store.Dispose();
        Machine.Dispose();
    }
}
