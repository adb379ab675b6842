using System.Buffers.Binary;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>What a client asks for.</summary>
internal readonly record struct ServedRequest(NbdCommandFlags Flags, NbdCommand Command, ulong Cookie, ulong Offset, uint Length)
{
    /// <summary>Bytes on the wire.</summary>
    public const int WireLength = 28;

    /// <summary>Null when it does not begin as a request does.</summary>
    public static ServedRequest? Parse(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadUInt32BigEndian(wire) != NbdMagic.Request
        ? null
        : new ServedRequest(
            (NbdCommandFlags)BinaryPrimitives.ReadUInt16BigEndian(wire[4..]),
            (NbdCommand)BinaryPrimitives.ReadUInt16BigEndian(wire[6..]),
            BinaryPrimitives.ReadUInt64BigEndian(wire[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(wire[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(wire[24..]));

    public bool IsInside(long size) => Length > 0 && Offset <= (ulong)size && Length <= (ulong)size - Offset;
}
