namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>The reply to a read: chunks of data and holes in any order, which together must be exactly what was asked, no byte twice and none left out.</summary>
internal sealed class NbdReadReply(NbdWire wire, ulong cookie, long offset, Memory<byte> buffer) : NbdReply(wire)
{
    private readonly List<(int Start, int Length)> _parts = [];
    private int _filled;

    public async ValueTask ReceiveAsync(CancellationToken cancellation)
    {
        await ChunksAsync(cookie, cancellation);
        _parts.Sort();
        var end = 0;
        foreach (var (start, length) in _parts)
        {
            if (start != end)
                throw new NbdException("The NBD server sent a byte twice, and another not at all.");
            end = start + length;
        }

        if (end != buffer.Length)
            throw new NbdException($"The NBD server sent {end} bytes of {buffer.Length}.");
    }

    protected override async ValueTask ChunkAsync(NbdChunk type, uint length, CancellationToken cancellation)
    {
        if (type is not (NbdChunk.OffsetData or NbdChunk.OffsetHole) || (type == NbdChunk.OffsetHole ? length != 12 : length <= 8))
        {
            await base.ChunkAsync(type, length, cancellation);
            return;
        }

        var at = await Wire.OffsetAsync(cancellation) - offset;
        long size = type == NbdChunk.OffsetHole ? await Wire.UInt32Async(cancellation) : length - 8;
        if (at < 0 || size == 0 || at > buffer.Length - size || size > buffer.Length - _filled)
            throw new NbdException("The NBD server sent data outside of what was asked.");
        var part = buffer.Slice((int)at, (int)size);
        if (type == NbdChunk.OffsetHole)
            part.Span.Clear();
        else
            await Wire.ReceiveAsync(part, cancellation);
        _parts.Add(((int)at, (int)size));
        _filled += (int)size;
    }
}
