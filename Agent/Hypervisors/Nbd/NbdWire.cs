using System.Buffers.Binary;
using System.Net.Sockets;

namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Whole reads and writes on a socket, each within a patience: a peer that falls silent is an error, not a wait.</summary>
internal sealed class NbdWire(Socket socket, TimeSpan patience, TimeProvider time) : IDisposable
{
    private readonly byte[] _small = new byte[32];

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            for (var rest = bytes; rest.Length > 0;)
                rest = rest[await socket.SendAsync(rest, either.Token)..];
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw Gone(failure);
        }
    }

    public async ValueTask ReceiveAsync(Memory<byte> bytes, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            for (var rest = bytes; rest.Length > 0;)
            {
                var got = await socket.ReceiveAsync(rest, either.Token);
                if (got == 0)
                    throw new NbdException("The NBD server closed the connection.");
                rest = rest[got..];
            }
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw Gone(failure);
        }
    }

    /// <summary>At most 32 bytes, good until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> HeaderAsync(int length, CancellationToken cancellation)
    {
        await ReceiveAsync(_small.AsMemory(0, length), cancellation);
        return _small.AsMemory(0, length);
    }

    public async ValueTask<uint> UInt32Async(CancellationToken cancellation) => BinaryPrimitives.ReadUInt32BigEndian((await HeaderAsync(4, cancellation)).Span);

    public async ValueTask<long> OffsetAsync(CancellationToken cancellation) => BinaryPrimitives.ReadInt64BigEndian((await HeaderAsync(8, cancellation)).Span);

    public void Dispose() => socket.Dispose();

    private NbdException Gone(Exception failure) =>
        failure is OperationCanceledException
            ? new NbdException($"The NBD server said nothing for {patience.TotalSeconds:0} s.", NbdError.None, failure)
            : new NbdException($"The connection to the NBD server broke: {failure.Message}", NbdError.None, failure);
}
