using BackupOnline.Persistence.Connections;

namespace BackupOnline.Persistence.Embedded;

/// <summary>The file lock of a data folder. It is the kernel's: a process that is killed lets it go.</summary>
internal sealed class FolderLock : IDisposable
{
    // A first start makes a database cluster on a slow disk under this lock.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    public static async Task<FolderLock> TakeAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(started) > Patience)
                    throw new DatabaseRefusedException($"Another process has held {path} for {Patience.TotalMinutes:0} minutes: see which one with 'fuser {path}' and stop it.", held);
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
