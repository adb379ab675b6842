using System.Buffers.Binary;
using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.Vhdx;

/// <summary>
/// Leaves a log of three entries in a file and takes away what they tell of: the first page of the block table, 8 KiB of zeros in the first block, one sector in the second. Written from sections
/// 2.3.1 and 2.3.2 of the document; qemu-img, which replays it, says whether it is right.
/// </summary>
internal static class ForgedLog
{
    private const int Sector = VhdxFormat.LogSector;

    public static void Leave(string path, int position)
    {
        VhdxHeader header;
        long bat;
        using (var bytes = VhdxBytes.Open(path))
            (header, bat) = (VhdxHeader.Read(bytes), VhdxRegions.Read(bytes).BatOffset);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var page = new byte[Sector];
        RandomAccess.Read(file, page, bat);
        var (first, second) = (Block(page, 5), Block(page, 9));
        RandomAccess.Write(file, new byte[Sector], bat);
        var id = Guid.NewGuid();
        var length = RandomAccess.GetLength(file);
        var log = new byte[header.LogLength];
        var at = Put(log, position, Entry(id, 7, position, length, bat, page));
        at = Put(log, at, Entry(id, 8, position, length, first + Sector, null));
        Put(log, at, Entry(id, 9, position, length, second + 2 * Sector, Enumerable.Repeat((byte)0xC3, Sector).ToArray()));
        RandomAccess.Write(file, log, header.LogOffset);
        foreach (var place in new[] { VhdxFormat.FirstHeader, VhdxFormat.SecondHeader })
            RandomAccess.Write(file, (header with { Log = id, Sequence = header.Sequence + (place == VhdxFormat.FirstHeader ? 1UL : 2UL) }).ToBytes(), place);
    }

    private static long Block(byte[] table, int block) => VhdxBlock.Parse(BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan(block * 8))).Offset;

    private static int Put(byte[] log, int position, byte[] entry)
    {
        for (var i = 0; i < entry.Length; i++)
            log[(position + i) % log.Length] = entry[i];
        return (position + entry.Length) % log.Length;
    }

    /// <summary>One descriptor: a sector of data, or two sectors of zeros.</summary>
    private static byte[] Entry(Guid id, ulong sequence, int tail, long fileLength, long offset, byte[]? data)
    {
        var entry = new byte[data is null ? Sector : 2 * Sector];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, VhdxFormat.LogEntrySignature);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), entry.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(12), tail);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(16), sequence);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(24), 1);
        id.TryWriteBytes(entry.AsSpan(32));
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(48), fileLength);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(56), fileLength);
        var descriptor = entry.AsSpan(64);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, data is null ? VhdxFormat.ZeroSignature : VhdxFormat.DescriptorSignature);
        BinaryPrimitives.WriteInt64LittleEndian(descriptor[16..], offset);
        BinaryPrimitives.WriteUInt64LittleEndian(descriptor[24..], sequence);
        if (data is null)
        {
            BinaryPrimitives.WriteInt64LittleEndian(descriptor[8..], 2 * Sector);
        }
        else
        {
            data.AsSpan(0, 8).CopyTo(descriptor[8..]);
            data.AsSpan(Sector - 4).CopyTo(descriptor[4..]);
            var sector = entry.AsSpan(Sector);
            BinaryPrimitives.WriteUInt32LittleEndian(sector, VhdxFormat.DataSignature);
            BinaryPrimitives.WriteUInt32LittleEndian(sector[4..], (uint)(sequence >> 32));
            data.AsSpan(8, Sector - 12).CopyTo(sector[8..]);
            BinaryPrimitives.WriteUInt32LittleEndian(sector[(Sector - 4)..], (uint)sequence);
        }

        VhdxChecksum.Seal(entry);
        return entry;
    }
}
