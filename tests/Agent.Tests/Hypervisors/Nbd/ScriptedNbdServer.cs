using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Tests.Hypervisors.Nbd;

/// <summary>A server that negotiates as it should and then answers the first request with given bytes: what QEMU never does, a broken or hostile server may.</summary>
internal sealed class ScriptedNbdServer : IAsyncDisposable
{
    private const uint ContextId = 7;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _folder = Directory.CreateTempSubdirectory("bo-nbd-").FullName;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="answer">Bytes for the cookie of the first request; the connection is closed after them.</param>
    /// <param name="grants">Whether meta contexts are granted.</param>
    /// <param name="staysSilent">Keeps the connection open after the answer.</param>
    public ScriptedNbdServer(Func<ulong, byte[]> answer, bool grants = true, bool staysSilent = false)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "s")));
        _listener.Listen(1);
        _serving = ServeAsync(answer, grants, staysSilent);
    }

    public const long Size = 1 << 20;

    public NbdAddress Address => NbdAddress.Unix(Path.Combine(_folder, "s"), "disk");

    public static byte[] Chunk(ulong cookie, NbdChunk type, bool last, params byte[] payload)
    {
        var bytes = new byte[20 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, NbdMagic.StructuredReply);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), last ? (ushort)1 : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)type);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), cookie);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), (uint)payload.Length);
        payload.CopyTo(bytes, 20);
        return bytes;
    }

    public static byte[] Data(ulong cookie, long offset, int length, bool last)
    {
        var payload = new byte[8 + length];
        BinaryPrimitives.WriteInt64BigEndian(payload, offset);
        payload.AsSpan(8).Fill(0x5A);
        return Chunk(cookie, NbdChunk.OffsetData, last, payload);
    }

    public static byte[] Hole(ulong cookie, long offset, uint length, bool last)
    {
        var payload = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(payload, offset);
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(8), length);
        return Chunk(cookie, NbdChunk.OffsetHole, last, payload);
    }

    public static byte[] Status(ulong cookie, bool last, params uint[] pairs)
    {
        var payload = new byte[4 + (4 * pairs.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, ContextId);
        for (var at = 0; at < pairs.Length; at++)
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(4 + (4 * at)), pairs[at]);
        return Chunk(cookie, NbdChunk.BlockStatus, last, payload);
    }

    public static byte[] Error(ulong cookie, NbdError error, string text)
    {
        var payload = new byte[6 + text.Length];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)error);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(4), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, payload.AsSpan(6));
        return Chunk(cookie, NbdChunk.Error, last: true, payload);
    }

    public Task<NbdConnection> ConnectAsync(TimeSpan? patience = null, params string[] contexts) =>
        NbdConnection.OpenAsync(Address, contexts, patience ?? TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync(Func<ulong, byte[]> answer, bool grants, bool staysSilent)
    {
        try
        {
            using var socket = await _listener.AcceptAsync(_end.Token);
            await using var stream = new NetworkStream(socket);
            await NegotiateAsync(stream, grants);
            var request = new byte[NbdSizes.Request];
            await stream.ReadExactlyAsync(request, _end.Token);
            await stream.WriteAsync(answer(BinaryPrimitives.ReadUInt64BigEndian(request.AsSpan(8))), _end.Token);
            if (staysSilent)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client had enough.
        }
    }

    private async Task NegotiateAsync(NetworkStream stream, bool grants)
    {
        var greeting = new byte[18];
        BinaryPrimitives.WriteUInt64BigEndian(greeting, NbdMagic.Greeting);
        BinaryPrimitives.WriteUInt64BigEndian(greeting.AsSpan(8), NbdMagic.Option);
        BinaryPrimitives.WriteUInt16BigEndian(greeting.AsSpan(16), 3);
        await stream.WriteAsync(greeting, _end.Token);
        await stream.ReadExactlyAsync(new byte[4], _end.Token);
        while (true)
        {
            var header = new byte[16];
            await stream.ReadExactlyAsync(header, _end.Token);
            var option = (NbdOption)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
            var data = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12))];
            await stream.ReadExactlyAsync(data, _end.Token);
            if (option == NbdOption.SetMetaContext && grants)
                await ReplyAsync(stream, option, NbdOptionReply.MetaContext, [0, 0, 0, (byte)ContextId, .. Encoding.ASCII.GetBytes(NbdContext.Allocation)]);
            if (option == NbdOption.Go)
            {
                var info = new byte[12];
                BinaryPrimitives.WriteInt64BigEndian(info.AsSpan(2), Size);
                info[11] = 1;
                await ReplyAsync(stream, option, NbdOptionReply.Info, info);
            }

            await ReplyAsync(stream, option, NbdOptionReply.Acknowledged, []);
            if (option == NbdOption.Go)
                return;
        }
    }

    private async Task ReplyAsync(NetworkStream stream, NbdOption option, NbdOptionReply type, byte[] data)
    {
        var reply = new byte[20 + data.Length];
        BinaryPrimitives.WriteUInt64BigEndian(reply, NbdMagic.OptionReply);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(8), (uint)option);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(12), (uint)type);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(16), (uint)data.Length);
        data.CopyTo(reply, 20);
        await stream.WriteAsync(reply, _end.Token);
    }
}
