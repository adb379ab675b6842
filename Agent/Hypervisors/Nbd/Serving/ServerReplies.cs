using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>Sends replies whole, one after the other, in the form that the client chose.</summary>
internal sealed class ServerReplies(Stream stream, bool structured) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public Task DoneAsync(ulong cookie, CancellationToken cancellation) =>
        structured ? SendAsync(Chunk(NbdChunk.None, cookie, [], 0), default, cancellation) : SendAsync(Simple(NbdError.None, cookie), default, cancellation);

    public Task ErrorAsync(ulong cookie, NbdError error, CancellationToken cancellation)
    {
        if (!structured)
            return SendAsync(Simple(error, cookie), default, cancellation);
        var payload = new byte[6];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)error);
        return SendAsync(Chunk(NbdChunk.Error, cookie, payload, 0), default, cancellation);
    }

    public Task DataAsync(ulong cookie, ulong offset, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        if (!structured)
            return SendAsync(Simple(NbdError.None, cookie), data, cancellation);
        var payload = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(payload, offset);
        return SendAsync(Chunk(NbdChunk.OffsetData, cookie, payload, data.Length), data, cancellation);
    }

    /// <summary>Zeros, without sending them; structured replies only.</summary>
    public Task HoleAsync(ulong cookie, ulong offset, uint length, CancellationToken cancellation)
    {
        var payload = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(payload, offset);
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(8), length);
        return SendAsync(Chunk(NbdChunk.OffsetHole, cookie, payload, 0), default, cancellation);
    }

    /// <summary>Lengths with whether they are zeros; structured replies only.</summary>
    public Task StatusAsync(ulong cookie, IReadOnlyList<(uint Length, bool IsZero)> extents, CancellationToken cancellation)
    {
        var payload = new byte[4 + (8 * extents.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, NbdOffer.AllocationId);
        for (var i = 0; i < extents.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(4 + (8 * i)), extents[i].Length);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(8 + (8 * i)), extents[i].IsZero ? NbdOffer.HoleAndZero : 0);
        }

        return SendAsync(Chunk(NbdChunk.BlockStatus, cookie, payload, 0), default, cancellation);
    }

    public void Dispose() => _one.Dispose();

    private static byte[] Simple(NbdError error, ulong cookie)
    {
        var reply = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(reply, NbdMagic.SimpleReply);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(4), (uint)error);
        BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(8), cookie);
        return reply;
    }

    private static byte[] Chunk(NbdChunk type, ulong cookie, byte[] payload, int dataLength)
    {
        var chunk = new byte[20 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, NbdMagic.StructuredReply);
        BinaryPrimitives.WriteUInt16BigEndian(chunk.AsSpan(4), (ushort)NbdChunkFlags.Done);
        BinaryPrimitives.WriteUInt16BigEndian(chunk.AsSpan(6), (ushort)type);
        BinaryPrimitives.WriteUInt64BigEndian(chunk.AsSpan(8), cookie);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(16), payload.Length + dataLength);
        payload.CopyTo(chunk, 20);
        return chunk;
    }

    private async Task SendAsync(byte[] head, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            await stream.WriteAsync(head, cancellation);
            if (!data.IsEmpty)
                await stream.WriteAsync(data, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }
}
