using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>Entries of a log by position; what is not a whole entry of this log is null. The work is bounded: a log made to be read for ever is not read.</summary>
internal sealed class VhdxLogReader(byte[] log, Guid id)
{
    private const int HeaderLength = 64;
    private const int DescriptorLength = 32;

    /// <summary>Bytes of a data sector that are data: 4096 less signature, and the sequence number in two halves [2.3.1.4].</summary>
    private const int SectorData = 4084;

    private readonly Dictionary<int, VhdxLogEntry?> _known = [];

    /// <summary>True logs are read about twice: once to look for entries, once along a sequence.</summary>
    private long _budget = 16L * log.Length;

    public int Length => log.Length;

    public VhdxLogEntry? At(int position)
    {
        if (!_known.TryGetValue(position, out var entry))
            _known[position] = entry = Read(position);
        return entry;
    }

    private VhdxLogEntry? Read(int position)
    {
        var head = log.AsSpan(position, HeaderLength);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        var tail = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(head[16..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head) != VhdxFormat.LogEntrySignature || new Guid(head.Slice(32, 16)) != id || sequence == 0
            || length == 0 || length > log.Length || length % VhdxFormat.LogSector != 0 || tail >= log.Length || tail % VhdxFormat.LogSector != 0
            || HeaderLength + (long)count * DescriptorLength > length || (_budget -= length) < 0)
            return null;
        var bytes = Unrolled(position, (int)length);
        if (!VhdxChecksum.Holds(bytes) || Changes(bytes, sequence, (int)count) is not { } changes)
            return null;
        return new VhdxLogEntry(position, (int)length, (int)tail, sequence, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(56)), changes);
    }

    private byte[] Unrolled(int position, int length)
    {
        var bytes = new byte[length];
        var first = Math.Min(length, log.Length - position);
        log.AsSpan(position, first).CopyTo(bytes);
        log.AsSpan(0, length - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }

    private static List<VhdxLogChange>? Changes(byte[] bytes, ulong sequence, int count)
    {
        var changes = new List<VhdxLogChange>(count);
        var sector = (HeaderLength + count * DescriptorLength + VhdxFormat.LogSector - 1) / VhdxFormat.LogSector * VhdxFormat.LogSector;
        for (var at = HeaderLength; at < HeaderLength + count * DescriptorLength; at += DescriptorLength)
        {
            var descriptor = bytes.AsSpan(at, DescriptorLength);
            if (BinaryPrimitives.ReadUInt64LittleEndian(descriptor[24..]) != sequence)
                return null;
            var offset = BinaryPrimitives.ReadInt64LittleEndian(descriptor[16..]);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(descriptor))
            {
                case VhdxFormat.ZeroSignature:
                    changes.Add(new VhdxLogChange(offset, BinaryPrimitives.ReadInt64LittleEndian(descriptor[8..]), null));
                    break;
                case VhdxFormat.DescriptorSignature when sector + VhdxFormat.LogSector <= bytes.Length && Sector(bytes.AsSpan(sector, VhdxFormat.LogSector), descriptor, sequence) is { } data:
                    changes.Add(new VhdxLogChange(offset, data.Length, data));
                    sector += VhdxFormat.LogSector;
                    break;
                default:
                    return null;
            }
        }

        return changes;
    }

    /// <summary>The first 8 and last 4 bytes of a logged sector travel in its descriptor [2.3.1.3].</summary>
    private static byte[]? Sector(ReadOnlySpan<byte> sector, ReadOnlySpan<byte> descriptor, ulong sequence)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(sector) != VhdxFormat.DataSignature
            || BinaryPrimitives.ReadUInt32LittleEndian(sector[4..]) != (uint)(sequence >> 32)
            || BinaryPrimitives.ReadUInt32LittleEndian(sector[(VhdxFormat.LogSector - 4)..]) != (uint)sequence)
            return null;
        var data = new byte[VhdxFormat.LogSector];
        descriptor.Slice(8, 8).CopyTo(data);
        sector.Slice(8, SectorData).CopyTo(data.AsSpan(8));
        descriptor.Slice(4, 4).CopyTo(data.AsSpan(VhdxFormat.LogSector - 4));
        return data;
    }
}
