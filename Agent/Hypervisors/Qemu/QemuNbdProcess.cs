using System.Diagnostics;
using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>qemu-nbd serving one image to one client: whatever format QEMU knows, read or written through one protocol.</summary>
internal sealed class QemuNbdProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly string _socket;

    private QemuNbdProcess(Process process, string socket) => (_process, _error, _socket) = (process, process.StandardError.ReadToEndAsync(), socket);

    public NbdConnection Connection { get; private set; } = null!;

    /// <param name="image">Path.</param>
    /// <param name="format">As QEMU names it.</param>
    /// <param name="socket">Path of the socket; at most 107 bytes.</param>
    /// <param name="writable">Else read-only.</param>
    /// <param name="time">The clock of the waiting.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="contexts">Meta contexts that are wanted.</param>
    /// <exception cref="HypervisorException">Operator: the program is missing, or it refuses the image.</exception>
    public static async Task<QemuNbdProcess> StartAsync(string image, string format, string socket, bool writable, TimeProvider time, CancellationToken cancellation, params string[] contexts)
    {
        string[] mode = writable ? ["--cache=writeback", "--discard=unmap", "--detect-zeroes=unmap"] : ["--read-only"];
        var serving = new QemuNbdProcess(QemuTools.Start("qemu-nbd", [.. mode, "--format", format, "--socket", socket, "--export-name", "image", "--", image]), socket);
        try
        {
            await serving.ConnectAsync(image, contexts, time, cancellation);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it in order: everything is in the image.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        await Connection.FlushAsync(cancellation);
        await Connection.DisposeAsync();
        await _process.WaitForExitAsync(cancellation);
        if (_process.ExitCode != 0)
            throw new HypervisorException(HypervisorFault.Transient, "image-unclosed", $"qemu-nbd ended with {_process.ExitCode}: {(await _error).Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
            await Connection.DisposeAsync();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_socket);
    }

    private async Task ConnectAsync(string image, string[] contexts, TimeProvider time, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                Connection = await NbdConnection.OpenAsync(NbdAddress.Unix(_socket, "image"), contexts, s_start, time, cancellation);
                return;
            }
            catch (NbdException failure)
            {
                if (_process.HasExited)
                    throw new HypervisorException(HypervisorFault.Operator, "image-refused", $"qemu-nbd does not take {image}: {(await _error).Trim()}", failure);
                if (time.GetElapsedTime(start) > s_start)
                    throw new HypervisorException(HypervisorFault.Transient, "image-unserved", $"qemu-nbd does not serve {image} within {s_start.TotalSeconds:0} s.", failure);
                await Task.Delay(s_look, time, cancellation);
            }
        }
    }
}
