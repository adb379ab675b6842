using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>CRC-32C over a structure whose own checksum field, bytes 4 to 7, counts as zero.</summary>
internal static class VhdxChecksum
{
    private const int Field = 4;

    public static uint Of(ReadOnlySpan<byte> structure)
    {
        var crc = Append(uint.MaxValue, structure[..Field]);
        crc = BitOperations.Crc32C(crc, 0u);
        return ~Append(crc, structure[(Field + 4)..]);
    }

    public static bool Holds(ReadOnlySpan<byte> structure) => BinaryPrimitives.ReadUInt32LittleEndian(structure[Field..]) == Of(structure);

    public static void Seal(Span<byte> structure) => BinaryPrimitives.WriteUInt32LittleEndian(structure[Field..], Of(structure));

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
