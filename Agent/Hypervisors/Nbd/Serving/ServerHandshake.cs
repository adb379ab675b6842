using System.Buffers.Binary;
using System.Text;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>The talk before a client's first request: which export, and in which form replies are sent.</summary>
internal sealed class ServerHandshake(Stream stream, IReadOnlyList<ServedDisk> exports)
{
    private bool _noZeroes;

    /// <summary>Replies come in chunks, so that they can tell holes and statuses.</summary>
    public bool Structured { get; private set; }

    /// <summary>The client may ask for block statuses of the export that it named with it.</summary>
    public bool Allocation => _allocationOf is not null;

    private string? _allocationOf;

    /// <summary>The export that the client chose; null when it went away, or broke the protocol.</summary>
    public async Task<ServedDisk?> RunAsync(CancellationToken cancellation)
    {
        var greeting = new byte[18];
        BinaryPrimitives.WriteUInt64BigEndian(greeting, NbdMagic.Greeting);
        BinaryPrimitives.WriteUInt64BigEndian(greeting.AsSpan(8), NbdMagic.Option);
        BinaryPrimitives.WriteUInt16BigEndian(greeting.AsSpan(16), (ushort)(NbdHandshakeFlags.FixedNewstyle | NbdHandshakeFlags.NoZeroes));
        await stream.WriteAsync(greeting, cancellation);
        var flags = new byte[4];
        await stream.ReadExactlyAsync(flags, cancellation);
        _noZeroes = (BinaryPrimitives.ReadUInt32BigEndian(flags) & (uint)NbdHandshakeFlags.NoZeroes) != 0;

        var header = new byte[16];
        while (true)
        {
            await stream.ReadExactlyAsync(header, cancellation);
            var option = (NbdOption)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
            var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12));
            if (BinaryPrimitives.ReadUInt64BigEndian(header) != NbdMagic.Option || length > NbdOffer.MaxOption)
                return null;
            var data = new byte[length];
            await stream.ReadExactlyAsync(data, cancellation);
            switch (option)
            {
                case NbdOption.ExportName:
                    return Find(Encoding.UTF8.GetString(data)) is { } named ? await EnterAsync(named, cancellation) : null;
                case NbdOption.Abort:
                    await ReplyAsync(option, NbdOptionReply.Acknowledged, [], cancellation);
                    return null;
                case NbdOption.Go or NbdOption.Info:
                    if (await DescribeAsync(option, data, cancellation) is { } gone && option == NbdOption.Go)
                        return gone;
                    break;
                case NbdOption.List:
                    await ListAsync(option, data, cancellation);
                    break;
                case NbdOption.StructuredReply:
                    Structured |= data.Length == 0;
                    await ReplyAsync(option, data.Length == 0 ? NbdOptionReply.Acknowledged : NbdOptionReply.Invalid, [], cancellation);
                    break;
                case NbdOption.SetMetaContext or NbdOption.ListMetaContext:
                    await ContextsAsync(option, data, cancellation);
                    break;
                default:
                    await ReplyAsync(option, NbdOptionReply.Unsupported, [], cancellation);
                    break;
            }
        }
    }

    // An empty name is the default export: the only one, where there is but one.
    private ServedDisk? Find(string name) => exports.FirstOrDefault(export => export.Name == name) ?? (name.Length == 0 && exports.Count == 1 ? exports[0] : null);

    private async Task<ServedDisk> EnterAsync(ServedDisk export, CancellationToken cancellation)
    {
        var answer = new byte[_noZeroes ? 10 : 134];
        BinaryPrimitives.WriteInt64BigEndian(answer, export.Image.Size);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(8), (ushort)NbdOffer.Export);
        await stream.WriteAsync(answer, cancellation);
        return export;
    }

    private async Task<ServedDisk?> DescribeAsync(NbdOption option, byte[] data, CancellationToken cancellation)
    {
        if (!OptionText.TryRead(data, out var name, out var rest) || rest.Length < 2 || rest.Length != 2 + (2 * BinaryPrimitives.ReadUInt16BigEndian(rest.Span)))
        {
            await ReplyAsync(option, NbdOptionReply.Invalid, [], cancellation);
            return null;
        }

        if (Find(name) is not { } export)
        {
            await ReplyAsync(option, NbdOptionReply.UnknownExport, [], cancellation);
            return null;
        }

        var info = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)NbdInfo.Export);
        BinaryPrimitives.WriteInt64BigEndian(info.AsSpan(2), export.Image.Size);
        BinaryPrimitives.WriteUInt16BigEndian(info.AsSpan(10), (ushort)NbdOffer.Export);
        await ReplyAsync(option, NbdOptionReply.Info, info, cancellation);
        var sizes = new byte[14];
        BinaryPrimitives.WriteUInt16BigEndian(sizes, (ushort)NbdInfo.BlockSize);
        BinaryPrimitives.WriteUInt32BigEndian(sizes.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32BigEndian(sizes.AsSpan(6), 4096);
        BinaryPrimitives.WriteUInt32BigEndian(sizes.AsSpan(10), NbdOffer.MaxRequest);
        await ReplyAsync(option, NbdOptionReply.Info, sizes, cancellation);
        await ReplyAsync(option, NbdOptionReply.Acknowledged, [], cancellation);

        // Contexts are granted for one export, and hold for no other.
        if (option == NbdOption.Go && _allocationOf != export.Name)
            _allocationOf = null;
        return export;
    }

    private async Task ListAsync(NbdOption option, byte[] data, CancellationToken cancellation)
    {
        if (data.Length > 0)
        {
            await ReplyAsync(option, NbdOptionReply.Invalid, [], cancellation);
            return;
        }

        foreach (var export in exports)
            await ReplyAsync(option, NbdOptionReply.Server, OptionText.Write(export.Name), cancellation);
        await ReplyAsync(option, NbdOptionReply.Acknowledged, [], cancellation);
    }

    private async Task ContextsAsync(NbdOption option, byte[] data, CancellationToken cancellation)
    {
        if (!Structured || !OptionText.TryReadQueries(data, out var name, out var queries))
        {
            await ReplyAsync(option, NbdOptionReply.Invalid, [], cancellation);
            return;
        }

        if (Find(name) is not { } export)
        {
            await ReplyAsync(option, NbdOptionReply.UnknownExport, [], cancellation);
            return;
        }

        var lists = option == NbdOption.ListMetaContext;
        var granted = queries.Contains(NbdOffer.Allocation) || (lists && (queries.Count == 0 || queries.Contains("base:")));
        if (!lists)
            _allocationOf = granted ? export.Name : null;
        if (granted)
        {
            var context = new byte[4 + NbdOffer.Allocation.Length];
            BinaryPrimitives.WriteUInt32BigEndian(context, lists ? 0 : NbdOffer.AllocationId);
            Encoding.ASCII.GetBytes(NbdOffer.Allocation, context.AsSpan(4));
            await ReplyAsync(option, NbdOptionReply.MetaContext, context, cancellation);
        }

        await ReplyAsync(option, NbdOptionReply.Acknowledged, [], cancellation);
    }

    private async Task ReplyAsync(NbdOption option, NbdOptionReply type, byte[] data, CancellationToken cancellation)
    {
        var reply = new byte[20 + data.Length];
        BinaryPrimitives.WriteUInt64BigEndian(reply, NbdMagic.OptionReply);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(8), (uint)option);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(12), (uint)type);
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(16), data.Length);
        data.CopyTo(reply, 20);
        await stream.WriteAsync(reply, cancellation);
    }
}
