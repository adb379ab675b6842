using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>
/// One connection to one export; requests of several callers wait for each other, so parallel reads take several connections. A server that breaks the
/// protocol, falls silent or is left in the middle of an answer ends the connection: an answer is never taken for that of another request.
/// </summary>
internal sealed class NbdConnection : IAsyncDisposable
{
    private readonly NbdWire _wire;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly byte[] _request = new byte[NbdSizes.Request];
    private ulong _cookie;
    private bool _spoilt;

    private NbdConnection(NbdWire wire, NbdExport export) => (_wire, Export) = (wire, export);

    public NbdExport Export { get; }

    /// <param name="address">Where.</param>
    /// <param name="contexts">Meta contexts that must be granted.</param>
    /// <param name="patience">How long the server may say nothing.</param>
    /// <param name="time">The clock of the patience.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="NbdException">Nobody answers, or what was asked for is not granted.</exception>
    public static async Task<NbdConnection> OpenAsync(NbdAddress address, IReadOnlyList<string> contexts, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        NbdWire? wire = null;
        try
        {
            wire = new NbdWire(await address.DialAsync(cancellation), patience, time);
            return new NbdConnection(wire, await new NbdHandshake(wire).AgreeAsync(address.Export, contexts, cancellation));
        }
        catch (System.Net.Sockets.SocketException failure)
        {
            wire?.Dispose();
            throw new NbdException($"No NBD server answers at {address.EndPoint}: {failure.Message}", NbdError.None, failure);
        }
        catch
        {
            wire?.Dispose();
            throw;
        }
    }

    /// <summary>Fills the buffer; larger ones go in several requests.</summary>
    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        Inside(offset, buffer.Length);
        for (var done = 0; done < buffer.Length;)
        {
            var part = buffer.Slice(done, Math.Min(Export.Largest, buffer.Length - done));
            var at = offset + done;
            await AskAsync(NbdCommand.Read, at, part.Length, default, cookie => new NbdReadReply(_wire, cookie, at, part).ReceiveAsync(cancellation), cancellation);
            done += part.Length;
        }
    }

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Inside(offset, bytes.Length);
        for (var done = 0; done < bytes.Length;)
        {
            var part = bytes.Slice(done, Math.Min(Export.Largest, bytes.Length - done));
            await AskAsync(NbdCommand.Write, offset + done, part.Length, part, cookie => new NbdEmptyReply(_wire, cookie).ReceiveAsync(cancellation), cancellation);
            done += part.Length;
        }
    }

    /// <summary>Everything written is durable.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (Export.Flags.HasFlag(NbdTransmissionFlags.SendFlush))
            await AskAsync(NbdCommand.Flush, 0, 0, default, cookie => new NbdEmptyReply(_wire, cookie).ReceiveAsync(cancellation), cancellation);
    }

    /// <summary>Extents from <paramref name="offset"/> on, by context: contiguous, at least one each; a server may tell of less than was asked, so the caller goes on where they end.</summary>
    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<NbdExtent>>> StatusAsync(long offset, long length, CancellationToken cancellation)
    {
        Inside(offset, length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, NbdSizes.StatusRange);
        var reply = new NbdStatusReply(_wire, Export, offset, length);
        await AskAsync(NbdCommand.BlockStatus, offset, (int)length, default, cookie => reply.ReceiveAsync(cookie, cancellation), cancellation);
        return reply.Extents;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_spoilt)
        {
            _spoilt = true;
            Head(NbdCommand.Disconnect, 0, 0);
            try
            {
                await _wire.SendAsync(_request, CancellationToken.None);
            }
            catch (NbdException)
            {
                // Gone already: what a farewell asks for.
            }
        }

        _wire.Dispose();
        _turn.Dispose();
    }

    private async ValueTask AskAsync(NbdCommand command, long offset, int length, ReadOnlyMemory<byte> payload, Func<ulong, ValueTask> receive, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_spoilt)
                throw new NbdException("The connection to the NBD server ended earlier.");
            var whole = false;
            try
            {
                Head(command, offset, length);
                await _wire.SendAsync(_request, cancellation);
                await _wire.SendAsync(payload, cancellation);
                await receive(_cookie);
                whole = true;
            }
            catch (NbdException refused) when (refused.Refusal != NbdError.None)
            {
                whole = true;
                throw;
            }
            finally
            {
                _spoilt |= !whole;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Head(NbdCommand command, long offset, int length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_request, NbdMagic.Request);
        BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(4), (ushort)NbdCommandFlags.None);
        BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(6), (ushort)command);
        BinaryPrimitives.WriteUInt64BigEndian(_request.AsSpan(8), ++_cookie);
        BinaryPrimitives.WriteInt64BigEndian(_request.AsSpan(16), offset);
        BinaryPrimitives.WriteInt32BigEndian(_request.AsSpan(24), length);
    }

    private void Inside(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Export.Size - offset);
    }
}
