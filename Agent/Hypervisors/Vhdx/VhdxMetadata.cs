using System.Buffers.Binary;
using System.Numerics;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>What a file says of its disk [2.6.2].</summary>
internal sealed record VhdxMetadata
{
    private const int EntryLength = 32;
    private const int Required = 4;
    private const int HasParent = 2;

    /// <summary>Bytes of a payload block.</summary>
    public required int BlockSize { get; init; }

    /// <summary>Bytes of the virtual disk.</summary>
    public required long Size { get; init; }

    /// <summary>512 or 4096.</summary>
    public required int SectorSize { get; init; }

    /// <summary>The disk's own identity: the same in every file of a chain.</summary>
    public required Guid DiskId { get; init; }

    /// <summary>Null: the file holds the whole disk.</summary>
    public VhdxParentLocator? Parent { get; init; }

    /// <summary>Whether the file is a fixed one: its blocks stay allocated.</summary>
    public bool LeaveAllocated { get; init; }

    public static VhdxMetadata Read(VhdxBytes file, VhdxRegions regions)
    {
        var items = Items(file, regions);
        var parameters = Item(file, items, VhdxFormat.FileParameters, 8);
        var (blockSize, flags) = (BinaryPrimitives.ReadUInt32LittleEndian(parameters), BinaryPrimitives.ReadUInt32LittleEndian(parameters.AsSpan(4)));
        var size = BinaryPrimitives.ReadInt64LittleEndian(Item(file, items, VhdxFormat.VirtualDiskSize, 8));
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(Item(file, items, VhdxFormat.LogicalSectorSize, 4));
        if (blockSize is < VhdxFormat.SmallestBlock or > VhdxFormat.LargestBlock || !BitOperations.IsPow2(blockSize))
            throw VhdxException.Damaged(file.Path, $"its blocks of {blockSize} bytes cannot be");
        if (sector is not (512 or 4096))
            throw VhdxException.Damaged(file.Path, $"its sectors of {sector} bytes cannot be");
        if (size is <= 0 or > VhdxFormat.LargestDisk || size % sector != 0)
            throw VhdxException.Damaged(file.Path, $"its disk of {size} bytes cannot be");
        return new VhdxMetadata
        {
            BlockSize = (int)blockSize,
            Size = size,
            SectorSize = (int)sector,
            DiskId = new Guid(Item(file, items, VhdxFormat.VirtualDiskId, 16)),
            LeaveAllocated = (flags & 1) != 0,
            Parent = (flags & HasParent) != 0 ? VhdxParentLocator.Parse(file.Path, Item(file, items, VhdxFormat.ParentLocator, null)) : null,
        };
    }

    /// <summary>The whole region, 1 MiB: table and items.</summary>
    public byte[] ToBytes()
    {
        var region = new byte[VhdxFormat.Megabyte];
        BinaryPrimitives.WriteUInt64LittleEndian(region, VhdxFormat.MetadataSignature);
        var (count, at) = (0, VhdxFormat.MetadataTableLength);
        var parameters = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(parameters, BlockSize);
        parameters[4] = (byte)((LeaveAllocated ? 1 : 0) | (Parent is null ? 0 : HasParent));
        Add(VhdxFormat.FileParameters, parameters, Required);
        Add(VhdxFormat.VirtualDiskSize, BitConverter.GetBytes(Size), Required | 2);
        Add(VhdxFormat.VirtualDiskId, DiskId.ToByteArray(), Required | 2);
        Add(VhdxFormat.LogicalSectorSize, BitConverter.GetBytes(SectorSize), Required | 2);
        Add(VhdxFormat.PhysicalSectorSize, BitConverter.GetBytes(4096), Required | 2);
        if (Parent is not null)
            Add(VhdxFormat.ParentLocator, Parent.ToBytes(), Required);
        BinaryPrimitives.WriteUInt16LittleEndian(region.AsSpan(10), (ushort)count);
        return region;

        void Add(Guid id, ReadOnlySpan<byte> value, byte flags)
        {
            var entry = region.AsSpan(EntryLength + count++ * EntryLength, EntryLength);
            id.TryWriteBytes(entry);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], at);
            BinaryPrimitives.WriteInt32LittleEndian(entry[20..], value.Length);
            entry[24] = flags;
            value.CopyTo(region.AsSpan(at));
            at += (value.Length + 7) / 8 * 8;
        }
    }

    private static Dictionary<Guid, (long Offset, int Length)> Items(VhdxBytes file, VhdxRegions regions)
    {
        var table = new byte[VhdxFormat.MetadataTableLength];
        file.Read(regions.MetadataOffset, table);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(10));
        if (BinaryPrimitives.ReadUInt64LittleEndian(table) != VhdxFormat.MetadataSignature || count > VhdxFormat.MostEntries)
            throw VhdxException.Damaged(file.Path, "its metadata table is not one");
        var items = new Dictionary<Guid, (long, int)>();
        for (var i = 1; i <= count; i++)
        {
            var entry = table.AsSpan(i * EntryLength, EntryLength);
            var id = new Guid(entry[..16]);
            var (offset, length) = (BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]));
            if (length > VhdxFormat.Megabyte || offset + (long)length > regions.MetadataLength)
                throw VhdxException.Damaged(file.Path, $"its metadata item {id} lies outside of the metadata");
            if ((entry[24] & Required) != 0 && !IsKnown(id))
                throw VhdxException.Unknown(file.Path, $"metadata item {id} is required and not known");
            items[id] = (regions.MetadataOffset + offset, (int)length);
        }

        return items;
    }

    private static bool IsKnown(Guid id) => id == VhdxFormat.FileParameters || id == VhdxFormat.VirtualDiskSize || id == VhdxFormat.VirtualDiskId
        || id == VhdxFormat.LogicalSectorSize || id == VhdxFormat.PhysicalSectorSize || id == VhdxFormat.ParentLocator;

    private static byte[] Item(VhdxBytes file, Dictionary<Guid, (long Offset, int Length)> items, Guid id, int? length)
    {
        if (!items.TryGetValue(id, out var place) || (length is { } exact && place.Length < exact))
            throw VhdxException.Damaged(file.Path, $"its metadata item {id} is missing");
        var value = new byte[length ?? place.Length];
        file.Read(place.Offset, value);
        return value;
    }
}
