using System.Buffers.Binary;
using System.Text;

namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Reads the chunks of one reply. Errors are kept until the last chunk, so that the connection stays usable after a refusal.</summary>
internal abstract class NbdReply(NbdWire wire)
{
    private NbdException? _refusal;

    protected NbdWire Wire => wire;

    protected async ValueTask ChunksAsync(ulong cookie, CancellationToken cancellation)
    {
        while (true)
        {
            var magic = await wire.UInt32Async(cancellation);
            if (magic == NbdMagic.SimpleReply)
            {
                await SimpleAsync(cookie, cancellation);
                break;
            }

            if (magic != NbdMagic.StructuredReply)
                throw new NbdException("The NBD server broke the protocol: no reply where one was due.");
            var header = (await wire.HeaderAsync(NbdSizes.StructuredReply - 4, cancellation)).Span;
            var flags = (NbdChunkFlags)BinaryPrimitives.ReadUInt16BigEndian(header);
            var type = (NbdChunk)BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
            var length = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
            Mine(BinaryPrimitives.ReadUInt64BigEndian(header[4..]), cookie);
            if (type is NbdChunk.Error or NbdChunk.ErrorOffset)
                await ErrorAsync(type, length, cancellation);
            else if (type != NbdChunk.None)
                await ChunkAsync(type, length, cancellation);
            else if (length != 0)
                throw new NbdException("The NBD server sent data in a chunk that has none.");
            if (flags.HasFlag(NbdChunkFlags.Done))
                break;
        }

        if (_refusal is not null)
            throw _refusal;
    }

    /// <summary>One chunk with content.</summary>
    protected virtual ValueTask ChunkAsync(NbdChunk type, uint length, CancellationToken cancellation) =>
        throw new NbdException($"The NBD server sent a chunk of type {(ushort)type} that was not asked for.");

    private async ValueTask SimpleAsync(ulong cookie, CancellationToken cancellation)
    {
        var header = (await wire.HeaderAsync(NbdSizes.SimpleReply - 4, cancellation)).Span;
        Mine(BinaryPrimitives.ReadUInt64BigEndian(header[4..]), cookie);
        if (BinaryPrimitives.ReadUInt32BigEndian(header) is var error and not 0)
            _refusal = Refused(error, "");
    }

    private async ValueTask ErrorAsync(NbdChunk type, uint length, CancellationToken cancellation)
    {
        var rest = type == NbdChunk.ErrorOffset ? 8 : 0;
        if (length < 6 + rest || length > 6 + rest + NbdSizes.Text)
            throw new NbdException("The NBD server sent an error of impossible length.");
        var data = new byte[length];
        await wire.ReceiveAsync(data, cancellation);
        var text = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(4));
        if (text + 6 + rest != length)
            throw new NbdException("The NBD server sent an error whose lengths disagree.");
        _refusal ??= Refused(BinaryPrimitives.ReadUInt32BigEndian(data), Encoding.UTF8.GetString(data.AsSpan(6, text)));
    }

    private static NbdException Refused(uint error, string text)
    {
        // An error number of 0 in an error chunk is a lie, but never a success.
        var known = error == 0 ? NbdError.Invalid : (NbdError)error;
        return new NbdException($"The NBD server answered {known}{(text.Length > 0 ? $": {text}" : "")}.", known);
    }

    private static void Mine(ulong cookie, ulong expected)
    {
        if (cookie != expected)
            throw new NbdException("The NBD server answered a request that was not sent.");
    }
}
