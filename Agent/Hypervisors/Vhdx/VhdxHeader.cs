using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>The current header [2.2.2]: of the two copies, the valid one with the greater sequence number.</summary>
internal sealed record VhdxHeader
{
    private const ushort SupportedVersion = 1;

    public required ulong Sequence { get; init; }

    public required Guid FileWrite { get; init; }

    /// <summary>Changes with the virtual disk's content: the identity that a child's parent locator names.</summary>
    public required Guid DataWrite { get; init; }

    /// <summary>Empty: the log holds nothing to replay.</summary>
    public required Guid Log { get; init; }

    public required uint LogLength { get; init; }

    public required long LogOffset { get; init; }

    public static VhdxHeader Read(VhdxBytes file)
    {
        Span<byte> first = new byte[VhdxFormat.HeaderLength], second = new byte[VhdxFormat.HeaderLength];
        file.Read(VhdxFormat.FirstHeader, first);
        file.Read(VhdxFormat.SecondHeader, second);
        var (one, two) = (IsValid(first), IsValid(second));
        if (!one && !two)
            throw VhdxException.Damaged(file.Path, "neither of its two headers is valid");
        var (a, b) = (SequenceOf(first), SequenceOf(second));
        if (one && two && a == b && !first.SequenceEqual(second))
            throw VhdxException.Damaged(file.Path, "its two headers contradict each other");
        return Parse(file, one && (!two || a >= b) ? first : second);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[VhdxFormat.HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, VhdxFormat.HeaderSignature);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), Sequence);
        FileWrite.TryWriteBytes(bytes.AsSpan(16));
        DataWrite.TryWriteBytes(bytes.AsSpan(32));
        Log.TryWriteBytes(bytes.AsSpan(48));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(66), SupportedVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(68), LogLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(72), LogOffset);
        VhdxChecksum.Seal(bytes);
        return bytes;
    }

    private static bool IsValid(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes) == VhdxFormat.HeaderSignature && VhdxChecksum.Holds(bytes);

    private static ulong SequenceOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);

    private static VhdxHeader Parse(VhdxBytes file, ReadOnlySpan<byte> bytes)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[66..]) is var version and not SupportedVersion)
            throw VhdxException.Unknown(file.Path, $"version {version} of the format");
        var header = new VhdxHeader
        {
            Sequence = SequenceOf(bytes),
            FileWrite = new Guid(bytes.Slice(16, 16)),
            DataWrite = new Guid(bytes.Slice(32, 16)),
            Log = new Guid(bytes.Slice(48, 16)),
            LogLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..]),
            LogOffset = BinaryPrimitives.ReadInt64LittleEndian(bytes[72..]),
        };
        if (header.Log != Guid.Empty && BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]) is var log and not 0)
            throw VhdxException.Unknown(file.Path, $"version {log} of the log");
        return header;
    }
}
