using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Disks;

/// <summary>
/// Threads of our own for everything that may wait for a disk, hashing included: a slow fsync must never hold the thread pool,
/// on which the cluster of the same process answers its probes.
/// </summary>
internal sealed class DiskCrew : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public DiskCrew(IOptions<ShelfOptions> options)
    {
        var threads = options.Value.DiskThreads is > 0 and var wanted ? wanted : Math.Max(8, 2 * Environment.ProcessorCount);
        for (var i = 0; i < threads; i++)
            new Thread(Run) { IsBackground = true, Name = $"shelf-disk-{i}" }.Start();
    }

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }
}
