using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>
/// An attached disk. Rule: reads are whole sectors ("ReadFile on a volume or disk opened without buffering", File Buffering, learn.microsoft.com/windows/win32/fileio/file-buffering).
/// </summary>
internal sealed class SimulatedAttachment(VhdxDisk disk, Action closed) : IHyperVDisk
{
    private bool _closed;

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_closed)
            throw new IOException("The handle is invalid.");
        if (offset % 512 != 0 || buffer.Length % 512 != 0)
            throw new IOException("The parameter is incorrect: not whole sectors.");
        await disk.ReadAsync(offset, buffer, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            disk.Dispose();
            closed();
        }

        return ValueTask.CompletedTask;
    }
}
