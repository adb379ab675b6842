using System.Buffers.Binary;
using System.Text;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Checks the properties that a true point in time of the test guest has; each of them has caught a false one (see NegativeControlTests).</summary>
internal static class GuestImage
{
    private const int Block = 4096;
    private const int Slots = 2048;
    private const uint NeedsRecovery = 0x4;

    /// <summary>What is wrong with the ring: it must hold exactly the last 2048 numbers. Null when it is right.</summary>
    public static string? RingFault(ReadOnlySpan<byte> ring)
    {
        var numbers = new SortedSet<ulong>();
        for (var slot = 0; slot < Slots; slot++)
        {
            if (Record(ring[(slot * Block)..], "BORINGSL") is not { } number)
                continue;
            if (number * 1103 % Slots != (ulong)slot)
                return $"number {number} in slot {slot}";
            if (!Whole(ring.Slice(slot * Block, Block), number))
                return $"number {number} is torn";
            numbers.Add(number);
        }

        if (numbers.Count == 0)
            return "no number at all";
        var expected = Math.Min(numbers.Max, Slots);
        return (ulong)numbers.Count == expected && numbers.Max - numbers.Min + 1 == expected ? null : $"{numbers.Count} numbers from {numbers.Min} to {numbers.Max}: there are holes";
    }

    /// <summary>What is wrong between the disks: journal, ring and table are written in this order. Null when it is right.</summary>
    public static string? OrderFault(ReadOnlySpan<byte> app, ReadOnlySpan<byte> ring)
    {
        var (journal, top, table) = Numbers(app, ring);
        return journal >= top && top >= table && journal - table <= 1 ? null : $"journal {journal}, ring {top}, table {table}";
    }

    public static (ulong Journal, ulong Ring, ulong Table) Numbers(ReadOnlySpan<byte> app, ReadOnlySpan<byte> ring)
    {
        var highest = 0UL;
        for (var slot = 0; slot < Slots; slot++)
            highest = Math.Max(highest, Record(ring[(slot * Block)..], "BORINGSL") ?? 0);
        return (Find(app, "BOJOURNL").Number, highest, Find(app, "BOTABLE1").Number);
    }

    /// <summary>The application was quiesced: it left a mark that it is at rest.</summary>
    public static bool IsQuiesced(ReadOnlySpan<byte> app) => Find(app, "BOTABLE1").Clean;

    /// <summary>The ext4 file system was frozen: its superblock does not ask for the journal to be played.</summary>
    public static bool IsFileSystemClean(ReadOnlySpan<byte> app) => (BinaryPrimitives.ReadUInt32LittleEndian(app[(1024 + 0x60)..]) & NeedsRecovery) == 0;

    private static (ulong Number, bool Clean) Find(ReadOnlySpan<byte> app, string magic)
    {
        for (var at = 0; at < app.Length; at += Block)
        {
            if (Record(app[at..], magic) is { } number)
                return (number, BinaryPrimitives.ReadUInt64LittleEndian(app[(at + 16)..]) == 1);
        }

        throw new InvalidOperationException($"No block of the image begins with {magic}.");
    }

    private static ulong? Record(ReadOnlySpan<byte> block, string magic) =>
        Encoding.ASCII.GetString(block[..8]) == magic ? BinaryPrimitives.ReadUInt64LittleEndian(block[8..]) : null;

    private static bool Whole(ReadOnlySpan<byte> block, ulong number)
    {
        for (var at = 24; at < Block; at += 8)
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(block[at..]) != unchecked((number * 0x9e3779b97f4a7c15UL) + (ulong)at))
                return false;
        }

        return true;
    }
}
