using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>Where the block table and the metadata lie [2.2.3]. Bytes.</summary>
internal sealed record VhdxRegions(long BatOffset, long BatLength, long MetadataOffset, long MetadataLength)
{
    private const int EntryLength = 32;

    public static VhdxRegions Read(VhdxBytes file)
    {
        var table = Valid(file, VhdxFormat.FirstRegionTable) ?? Valid(file, VhdxFormat.SecondRegionTable)
            ?? throw VhdxException.Damaged(file.Path, "neither of its two region tables is valid");
        (long Offset, long Length) bat = default, metadata = default;
        for (var (i, count) = (0, BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(8))); i < count; i++)
        {
            var entry = table.AsSpan(16 + i * EntryLength, EntryLength);
            var id = new Guid(entry[..16]);
            var region = (Offset: BinaryPrimitives.ReadInt64LittleEndian(entry[16..]), Length: (long)BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]));
            if (region.Offset < VhdxFormat.Megabyte || region.Offset % VhdxFormat.Megabyte != 0 || region.Length == 0 || region.Length % VhdxFormat.Megabyte != 0)
                throw VhdxException.Damaged(file.Path, $"its region {id} of {region.Length} bytes at {region.Offset} cannot be one");
            if (id == VhdxFormat.BatRegion)
                bat = region;
            else if (id == VhdxFormat.MetadataRegion)
                metadata = region;
            else if ((entry[28] & 1) != 0)
                throw VhdxException.Unknown(file.Path, $"region {id} is required and not known");
        }

        if (bat.Length == 0 || metadata.Length == 0)
            throw VhdxException.Damaged(file.Path, "its block table or its metadata is missing");
        return new VhdxRegions(bat.Offset, bat.Length, metadata.Offset, metadata.Length);
    }

    public byte[] ToBytes()
    {
        var table = new byte[VhdxFormat.RegionTableLength];
        BinaryPrimitives.WriteUInt32LittleEndian(table, VhdxFormat.RegionSignature);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8), 2);
        Entry(table.AsSpan(16), VhdxFormat.BatRegion, BatOffset, BatLength);
        Entry(table.AsSpan(16 + EntryLength), VhdxFormat.MetadataRegion, MetadataOffset, MetadataLength);
        VhdxChecksum.Seal(table);
        return table;
    }

    private static byte[]? Valid(VhdxBytes file, long offset)
    {
        var table = new byte[VhdxFormat.RegionTableLength];
        file.Read(offset, table);
        return BinaryPrimitives.ReadUInt32LittleEndian(table) == VhdxFormat.RegionSignature && VhdxChecksum.Holds(table)
            && BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(8)) <= VhdxFormat.MostEntries
                ? table
                : null;
    }

    private static void Entry(Span<byte> entry, Guid id, long offset, long length)
    {
        id.TryWriteBytes(entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], offset);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], (uint)length);
        entry[28] = 1;
    }
}
