using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>The reply to BlockStatus: one chunk for each granted context.</summary>
internal sealed class NbdStatusReply(NbdWire wire, NbdExport export, long offset, long length) : NbdReply(wire)
{
    // QEMU tells of at most 128 Ki extents at once.
    private const int MostBytes = 4 << 20;
    private readonly Dictionary<string, IReadOnlyList<NbdExtent>> _extents = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IReadOnlyList<NbdExtent>> Extents => _extents;

    public async ValueTask ReceiveAsync(ulong cookie, CancellationToken cancellation)
    {
        await ChunksAsync(cookie, cancellation);
        if (export.Contexts.Values.FirstOrDefault(context => !_extents.ContainsKey(context)) is { } missing)
            throw new NbdException($"The NBD server told nothing of {missing}.");
    }

    protected override async ValueTask ChunkAsync(NbdChunk type, uint size, CancellationToken cancellation)
    {
        if (type != NbdChunk.BlockStatus || size < 12 || size > MostBytes || (size - 4) % 8 != 0)
        {
            await base.ChunkAsync(type, size, cancellation);
            return;
        }

        var data = new byte[size];
        await Wire.ReceiveAsync(data, cancellation);
        if (!export.Contexts.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(data), out var context) || _extents.ContainsKey(context))
            throw new NbdException("The NBD server told of a context that was not asked for, or twice.");
        _extents[context] = Read(data.AsSpan(4));
    }

    private List<NbdExtent> Read(ReadOnlySpan<byte> pairs)
    {
        var extents = new List<NbdExtent>(pairs.Length / 8);
        var (at, end) = (offset, offset + length);
        for (; pairs.Length > 0; pairs = pairs[8..])
        {
            long run = BinaryPrimitives.ReadUInt32BigEndian(pairs);
            if (run == 0 || at >= end)
                throw new NbdException("The NBD server told of an extent without length, or behind what was asked.");

            // The last one may reach further than was asked; what was not asked is not known.
            extents.Add(new NbdExtent(at, Math.Min(run, end - at), BinaryPrimitives.ReadUInt32BigEndian(pairs[4..])));
            at += run;
        }

        return extents;
    }
}
