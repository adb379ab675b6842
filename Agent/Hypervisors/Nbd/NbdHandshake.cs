using System.Buffers.Binary;
using System.Text;

namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>The fixed newstyle negotiation of a client: structured replies, meta contexts, then Go.</summary>
internal sealed class NbdHandshake(NbdWire wire)
{
    public async Task<NbdExport> AgreeAsync(string export, IReadOnlyList<string> contexts, CancellationToken cancellation)
    {
        await GreetAsync(cancellation);
        await SendAsync(NbdOption.StructuredReply, [], cancellation);
        var (structured, _) = await ReplyAsync(NbdOption.StructuredReply, cancellation);
        if (structured != NbdOptionReply.Acknowledged)
            throw new NbdException("The NBD server has no structured replies: one of QEMU 2.11 or later is needed.");
        var granted = contexts.Count == 0 ? new Dictionary<uint, string>() : await ContextsAsync(export, contexts, cancellation);
        return await GoAsync(export, granted, cancellation);
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        var greeting = (await wire.HeaderAsync(18, cancellation)).Span;
        if (BinaryPrimitives.ReadUInt64BigEndian(greeting) != NbdMagic.Greeting || BinaryPrimitives.ReadUInt64BigEndian(greeting[8..]) != NbdMagic.Option)
            throw new NbdException("What answers there is not an NBD server of the newstyle.");
        var offered = (NbdHandshakeFlags)BinaryPrimitives.ReadUInt16BigEndian(greeting[16..]);
        if (!offered.HasFlag(NbdHandshakeFlags.FixedNewstyle))
            throw new NbdException("The NBD server does not speak fixed newstyle.");
        var answer = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(answer, (uint)(NbdHandshakeFlags.FixedNewstyle | (offered & NbdHandshakeFlags.NoZeroes)));
        await wire.SendAsync(answer, cancellation);
    }

    /// <summary>A context that is not granted is simply absent from the answers: for us, who would then take a disk for unchanged, that is an error.</summary>
    private async Task<Dictionary<uint, string>> ContextsAsync(string export, IReadOnlyList<string> contexts, CancellationToken cancellation)
    {
        var data = new List<byte>();
        Text(data, export);
        Number(data, (uint)contexts.Count);
        foreach (var context in contexts)
            Text(data, context);
        await SendAsync(NbdOption.SetMetaContext, data, cancellation);
        var granted = new Dictionary<uint, string>();
        while (true)
        {
            var (type, reply) = await ReplyAsync(NbdOption.SetMetaContext, cancellation);
            if (type == NbdOptionReply.Acknowledged)
                break;
            if (type != NbdOptionReply.MetaContext || reply.Length < 4)
                throw Refused(type, reply, export);
            granted[BinaryPrimitives.ReadUInt32BigEndian(reply)] = Encoding.UTF8.GetString(reply.AsSpan(4));
        }

        var missing = contexts.Except(granted.Values, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new NbdException($"The NBD server does not offer {string.Join(", ", missing)} for '{export}'.");
        return granted;
    }

    private async Task<NbdExport> GoAsync(string export, Dictionary<uint, string> contexts, CancellationToken cancellation)
    {
        var data = new List<byte>();
        Text(data, export);
        data.AddRange([0, 1, 0, (byte)NbdInfo.BlockSize]);
        await SendAsync(NbdOption.Go, data, cancellation);
        (long Size, NbdTransmissionFlags Flags)? told = null;
        var largest = NbdSizes.Transfer;
        while (true)
        {
            var (type, reply) = await ReplyAsync(NbdOption.Go, cancellation);
            if (type == NbdOptionReply.Acknowledged)
                break;
            if (type != NbdOptionReply.Info || reply.Length < 2)
                throw Refused(type, reply, export);
            switch ((NbdInfo)BinaryPrimitives.ReadUInt16BigEndian(reply))
            {
                case NbdInfo.Export when reply.Length == 12:
                    told = (BinaryPrimitives.ReadInt64BigEndian(reply.AsSpan(2)), (NbdTransmissionFlags)BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(10)));
                    break;
                case NbdInfo.BlockSize when reply.Length == 14:
                    largest = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(reply.AsSpan(10)), 4096u, NbdSizes.Transfer);
                    break;
                default:
                    break;
            }
        }

        return told is { Size: >= 0 } one
            ? new NbdExport(one.Size, one.Flags, largest, contexts)
            : throw new NbdException($"The NBD server did not tell the size of '{export}'.");
    }

    private async Task SendAsync(NbdOption option, List<byte> data, CancellationToken cancellation)
    {
        var message = new byte[16 + data.Count];
        BinaryPrimitives.WriteUInt64BigEndian(message, NbdMagic.Option);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), (uint)option);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(12), (uint)data.Count);
        data.CopyTo(message, 16);
        await wire.SendAsync(message, cancellation);
    }

    private async Task<(NbdOptionReply Type, byte[] Data)> ReplyAsync(NbdOption option, CancellationToken cancellation)
    {
        var header = (await wire.HeaderAsync(NbdSizes.OptionReply, cancellation)).Span;
        if (BinaryPrimitives.ReadUInt64BigEndian(header) != NbdMagic.OptionReply || BinaryPrimitives.ReadUInt32BigEndian(header[8..]) != (uint)option)
            throw new NbdException("The NBD server answered an option that was not sent.");
        var type = (NbdOptionReply)BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        if (length > NbdSizes.OptionReplyData)
            throw new NbdException($"The NBD server announced {length} bytes where at most {NbdSizes.OptionReplyData} make sense.");
        var data = new byte[length];
        await wire.ReceiveAsync(data, cancellation);
        return (type, data);
    }

    private static NbdException Refused(NbdOptionReply type, byte[] text, string export) => type switch
    {
        NbdOptionReply.UnknownExport => new NbdException($"The NBD server has no export '{export}'."),
        NbdOptionReply.TlsRequired => new NbdException("The NBD server wants TLS."),
        _ => new NbdException($"The NBD server refused '{export}': {type} {Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(text.Length, NbdSizes.Text)))}".TrimEnd()),
    };

    private static void Text(List<byte> data, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(data, (uint)bytes.Length);
        data.AddRange(bytes);
    }

    private static void Number(List<byte> data, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        data.AddRange(bytes);
    }
}
