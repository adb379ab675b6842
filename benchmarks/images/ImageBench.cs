using System.Diagnostics;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Images;

/// <summary>Backs up one disk into a repository in a folder, opened anew for each backup as separate runs of the agent would.</summary>
/// <param name="folder">The repository.</param>
/// <param name="blockSize">Bytes.</param>
/// <param name="isVerified">Each pack is opened again before it is stored, as the agent does unless it is told otherwise.</param>
internal sealed class ImageBench(string folder, int blockSize, bool isVerified = true)
{
    private const string Password = "bench";

    public Snapshot? Last { get; private set; }

    public async Task<Measured> BackUpAsync(DiskFile disk, IImageSource source)
    {
        using var process = Process.GetCurrentProcess();
        var (read, processor, started) = (disk.BytesRead, process.TotalProcessorTime, Stopwatch.GetTimestamp());
        using var store = new LocalStore(folder);
        var options = new RepositoryOptions { ExtraVerify = isVerified };
        await using var repository = Directory.Exists(folder) ? await Repository.OpenAsync(store, Password, options) : await Repository.InitAsync(store, Password, options);
        await repository.LoadIndexAsync();
        Last ??= (await repository.SnapshotsAsync()).MaxBy(snapshot => snapshot.Time);
        var backup = new ImageBackupOptions { Host = "bench", Folder = "/machine", Parent = Last, Images = [source], BlockSize = blockSize };
        var result = await ImageArchiver.BackUpAsync(repository, backup);
        process.Refresh();
        var measured = new Measured(
            Stopwatch.GetElapsedTime(started), process.TotalProcessorTime - processor, disk.BytesRead - read, (long)result.Backup.Summary.DataAddedPacked);
        Last = result.Backup.Snapshot;
        return measured;
    }

    /// <summary>Whether the newest snapshot is the disk, byte for byte.</summary>
    public async Task<bool> IsExactAsync(string path)
    {
        using var store = new LocalStore(folder);
        await using var repository = await Repository.OpenAsync(store, Password);
        await repository.LoadIndexAsync();
        await using var image = await ImageReader.OpenAsync(repository, Last!, "/machine/disk0.raw");
        await using var file = File.OpenRead(path);
        var (kept, now) = (new byte[4 << 20], new byte[4 << 20]);
        for (var at = 0L; at < image.Size; at += kept.Length)
        {
            var length = (int)Math.Min(kept.Length, image.Size - at);
            await image.ReadAsync(at, kept.AsMemory(0, length));
            await file.ReadExactlyAsync(now.AsMemory(0, length));
            if (!kept.AsSpan(0, length).SequenceEqual(now.AsSpan(0, length)))
                return false;
        }

        return file.Length == image.Size;
    }
}
