using System.Net;
using System.Net.Sockets;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>Passes TCP connections on, byte by byte as they are, and counts: the independent judge of what crossed a node's socket.</summary>
public sealed class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly Action<long, long>? _onBytes;
    private readonly Task _accepting;
    private long _in;
    private long _out;
    private int _open;
    private int _accepted;

    public CountingProxy(int targetPort, Action<long, long>? onBytes = null)
    {
        (_target, _onBytes) = (new(IPAddress.Loopback, targetPort), onBytes);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Bytes handed to the node's socket.</summary>
    public long In => Volatile.Read(ref _in);

    /// <summary>Bytes that came from the node's socket.</summary>
    public long Out => Volatile.Read(ref _out);

    public int Open => Volatile.Read(ref _open);

    public int Accepted => Volatile.Read(ref _accepted);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _open);
        using var node = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await node.ConnectAsync(_target, _stop.Token);
            await Task.WhenAll(
                CopyAsync(client.Client, node.Client, bytes => Count(ref _in, bytes, 0)),
                CopyAsync(node.Client, client.Client, bytes => Count(ref _out, 0, bytes), countRead: true));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone: so is the other, as if there were no proxy.
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Action<int> count, bool countRead = false)
    {
        var buffer = new byte[64 << 10];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, _stop.Token)) > 0;)
            {
                if (countRead)
                    count(read);

                for (var sent = 0; sent < read;)
                {
                    var piece = await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
                    if (!countRead)
                        count(piece);

                    sent += piece;
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // A reset is passed on as one.
            to.Close(0);
            from.Close(0);
            throw;
        }
    }

    private void Count(ref long total, long inBytes, long outBytes)
    {
        Interlocked.Add(ref total, inBytes + outBytes);
        _onBytes?.Invoke(inBytes, outBytes);
    }
}
