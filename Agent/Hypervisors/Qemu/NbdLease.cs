using System.Collections.Concurrent;
using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A connection in use by one caller: closed at the end, unless its work was done and it goes back.</summary>
internal sealed class NbdLease(ConcurrentBag<NbdConnection> idle, NbdConnection connection) : IAsyncDisposable
{
    private bool _kept;

    public NbdConnection Connection => connection;

    public void GiveBack() => _kept = true;

    public async ValueTask DisposeAsync()
    {
        if (_kept)
            idle.Add(connection);
        else
            await connection.DisposeAsync();
    }
}
