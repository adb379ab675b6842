namespace BackupOnline.Silo.Settings;

/// <summary>Keeps a second process from serving the same node of the same data folder. The lock is the kernel's: a killed process lets it go.</summary>
internal sealed class NodeLock : IDisposable
{
    // A predecessor that was told to stop may still be finishing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FileStream _file;

    private NodeLock(FileStream file) => _file = file;

    public static async Task<NodeLock> TakeAsync(SiloSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(settings.Run, $"{settings.Node}.lock");
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException held) when (held is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(started) > Patience)
                    throw new SettingsException($"The node '{settings.Node}' of {settings.DataFolder} is already served by another process: stop it, or give this one another BACKUPONLINE_NODE.");
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
