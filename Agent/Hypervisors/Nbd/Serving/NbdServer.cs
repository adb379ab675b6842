using System.Net.Sockets;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>
/// Serves disks of recovery points on a Unix socket, read-only, straight from the repository: nothing is copied beforehand. Who may connect is a matter of the socket's folder,
/// which must be private. To be disposed before the images.
/// </summary>
internal sealed class NbdServer : IAsyncDisposable
{
    /// <summary>Bytes of a Unix socket's path, its closing NUL not counted.</summary>
    private const int MaxPath = 107;

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly IReadOnlyList<ServedDisk> _exports;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Task _accepting;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _served;

    private NbdServer(string socket, IReadOnlyList<ServedDisk> exports)
    {
        (SocketPath, _exports) = (socket, exports);
        _listener.Bind(new UnixDomainSocketEndPoint(socket));
        _listener.Listen(16);
        _accepting = AcceptAsync();
    }

    public string SocketPath { get; }

    /// <summary>Ends with the first failure of the repository that a client met as an input error.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Bytes that clients asked for and got, zeros that were only named left out.</summary>
    public long BytesServed => Interlocked.Read(ref _served);

    /// <param name="socket">Path of a socket that does not exist yet, in a private folder.</param>
    /// <param name="exports">Under different names.</param>
    /// <exception cref="ArgumentException">The path is too long for a socket.</exception>
    public static NbdServer Start(string socket, IReadOnlyList<ServedDisk> exports)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(socket) > MaxPath)
            throw new ArgumentException($"The socket path {socket} is longer than {MaxPath} bytes; choose a shorter folder for temporary files (TMPDIR).", nameof(socket));
        return new NbdServer(socket, exports);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] connections;
        lock (_gate)
            connections = [.. _connections];
        await Task.WhenAll(connections);
        _stop.Dispose();
        File.Delete(SocketPath);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                var serving = ServeAsync(client);
                lock (_gate)
                    _connections.Add(serving);
                _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server is being disposed.
        }

        void Forget(Task serving)
        {
            lock (_gate)
                _connections.Remove(serving);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            await new ServerSession(stream, _exports, failure => _failed.TrySetResult(failure), bytes => Interlocked.Add(ref _served, bytes)).RunAsync(_stop.Token);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or RepositoryException)
        {
            // The client went away, or the server does.
        }
    }
}
