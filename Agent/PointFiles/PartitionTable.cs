using System.Buffers.Binary;
using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.PointFiles;

/// <summary>Reads the partition table of a disk: GPT (UEFI specification 5.3) where a protective MBR announces it, else MBR with its logical partitions.</summary>
internal static class PartitionTable
{
    private const int Sector = 512;

    /// <summary>Logical partitions are a chain; a damaged one may be a circle.</summary>
    private const int MaxLogical = 128;
    private const int MaxGptEntries = 1024;
    private const byte Protective = 0xee;

    /// <summary>Those that lie inside the disk, in the table's order. Empty when there is no table: the disk may hold a file system by itself.</summary>
    public static async Task<IReadOnlyList<Partition>> ReadAsync(ImageReader disk, CancellationToken cancellation)
    {
        if (await SectorAsync(disk, 0, Sector, cancellation) is not { } first || first is not [.., 0x55, 0xaa])
            return [];
        var entries = Entries(first).ToList();
        if (entries.Exists(entry => entry.Type == Protective))
        {
            // A disk of 4096-byte sectors has its GPT at the second of those.
            return await GptAsync(disk, Sector, cancellation) ?? await GptAsync(disk, 4096, cancellation) ?? [];
        }

        var found = new List<Partition>();
        foreach (var (number, type, start, count) in entries)
        {
            if (type is 0x05 or 0x0f or 0x85)
                await LogicalAsync(disk, start, found, cancellation);
            else if (type != 0)
                found.Add(new Partition(number, start * Sector, count * Sector));
        }

        return Inside(disk, found);
    }

    private static async Task<IReadOnlyList<Partition>?> GptAsync(ImageReader disk, int sector, CancellationToken cancellation)
    {
        if (await SectorAsync(disk, sector, Sector, cancellation) is not { } header || !header.AsSpan(0, 8).SequenceEqual("EFI PART"u8))
            return null;
        var (table, count, size) = (
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(72)),
            BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(80)),
            BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(84)));
        if (count is < 1 or > MaxGptEntries || size is < 128 or > 4096 || table < 1 || table > disk.Size / sector
            || await SectorAsync(disk, table * sector, count * size, cancellation) is not { } entries)
            return null;
        var found = new List<Partition>();
        for (var number = 1; number <= count; number++)
        {
            var entry = entries.AsSpan((number - 1) * size, 128);
            var (first, last) = (BinaryPrimitives.ReadInt64LittleEndian(entry[32..]), BinaryPrimitives.ReadInt64LittleEndian(entry[40..]));
            if (entry[..16].ContainsAnyExcept((byte)0) && first > 0 && last >= first && last <= disk.Size / sector)
                found.Add(new Partition(number, first * sector, (last - first + 1) * sector));
        }

        return Inside(disk, found);
    }

    // Each link names one partition, counted from itself, and the next link, counted from the first.
    private static async Task LogicalAsync(ImageReader disk, long extended, List<Partition> found, CancellationToken cancellation)
    {
        var at = extended;
        for (var number = 5; number < 5 + MaxLogical; number++)
        {
            if (await SectorAsync(disk, at * Sector, Sector, cancellation) is not { } link || link is not [.., 0x55, 0xaa])
                return;
            var entries = Entries(link).ToList();
            if (entries[0].Type != 0)
                found.Add(new Partition(number, (at + entries[0].Start) * Sector, entries[0].Count * Sector));
            if (entries[1].Type is not (0x05 or 0x0f or 0x85) || entries[1].Start == 0)
                return;
            at = extended + entries[1].Start;
        }
    }

    private static IEnumerable<(int Number, byte Type, long Start, long Count)> Entries(byte[] sector)
    {
        for (var number = 1; number <= 4; number++)
        {
            var at = 446 + (16 * (number - 1));
            yield return (number, sector[at + 4], BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(at + 8)), BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(at + 12)));
        }
    }

    private static List<Partition> Inside(ImageReader disk, IEnumerable<Partition> found) =>
        [.. found.Where(part => part.Length > 0 && part.Offset > 0 && part.Offset < disk.Size && part.Length <= disk.Size - part.Offset)];

    private static async Task<byte[]?> SectorAsync(ImageReader disk, long offset, int length, CancellationToken cancellation)
    {
        if (offset < 0 || offset > disk.Size - length)
            return null;
        var bytes = new byte[length];
        await disk.ReadAsync(offset, bytes, cancellation);
        return bytes;
    }
}
