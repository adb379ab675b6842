using BackupOnline.StorageNode.Disks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Vaults;

/// <summary>Holds the node's folder for this process alone: a second shelf on it would take the first one's uploads for leftovers.</summary>
internal sealed class NodeFolder(IOptions<ShelfOptions> options, TimeProvider clock) : IHostedLifecycleService, IDisposable
{
    // A predecessor that is being stopped needs some time to let go.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private FileStream? _hold;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var vaults = options.Value.VaultsFolder;
        Durable.CreateFolder(vaults);

        // Names of customers, sizes and sealed keys are nobody else's on this machine.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.GetDirectoryName(vaults)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(Path.GetDirectoryName(vaults)!, "shelf.lock");
        for (var since = clock.GetTimestamp(); _hold is null;)
        {
            try
            {
                _hold = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e)
            {
                if (clock.GetElapsedTime(since) > Patience)
                    throw new InvalidOperationException($"Another shelf uses '{path}': stop it, or give this one another Shelf:Node or Shelf:DataFolder.", e);

                await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Released last: the file system's own lock goes with the process in any case.
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _hold?.Dispose();
}
