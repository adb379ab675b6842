using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>JSON values, one a line, over a unix socket: how QEMU and its guest agent speak.</summary>
internal sealed class JsonLines : IDisposable
{
    // A line longer than this is no answer of QEMU's; its longest lists have some hundred KiB.
    private const int LongestLine = 64 << 20;
    private const int MostConnects = 40;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private Socket _socket = NewSocket();
    private byte[] _buffer = new byte[16 << 10];
    private int _start;
    private int _end;

    /// <exception cref="QmpLostException">Nobody listens. Silent: somebody does, and has no ear for one more.</exception>
    public async Task ConnectAsync(string path, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return;
            }
            catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock && attempt < MostConnects)
            {
                // One client waits already, perhaps one of ours that has just gone. A socket that could not connect is of no use any more.
                _socket.Dispose();
                _socket = NewSocket();
                await Task.Delay(s_pause, TimeProvider.System, cancellation);
            }
            catch (SocketException failure)
            {
                throw new QmpLostException($"Nobody listens at {path}: {failure.Message}", silent: failure.SocketErrorCode == SocketError.WouldBlock, failure);
            }
        }
    }

    /// <summary>Bytes as they are, such as the guest agent's 0xFF.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            for (var rest = bytes; rest.Length > 0;)
                rest = rest[await _socket.SendAsync(rest, cancellation)..];
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            throw new QmpLostException("The connection broke.", silent: false, failure);
        }
    }

    public Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            message.WriteTo(writer);
        bytes.Write("\n"u8);
        return SendAsync(bytes.WrittenMemory, cancellation);
    }

    /// <summary>The next line's value. What stands before a 0xFF on the line is the rest of a broken answer and is dropped.</summary>
    /// <exception cref="QmpLostException">The peer closed, or sends what is not JSON.</exception>
    public async Task<JsonElement> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var line = await LineAsync(cancellation);
            var text = line[(line.Span.LastIndexOf((byte)0xff) + 1)..];
            if (text.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            try
            {
                using var document = JsonDocument.Parse(text);
                return document.RootElement.Clone();
            }
            catch (JsonException failure)
            {
                throw new QmpLostException("What answers does not speak JSON.", silent: false, failure);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<ReadOnlyMemory<byte>> LineAsync(CancellationToken cancellation)
    {
        var searched = _start;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + at - _start);
                _start = searched + at + 1;
                return line;
            }

            searched = MakeRoom();
            try
            {
                var got = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
                if (got == 0)
                    throw new QmpLostException("The peer closed the connection.", silent: false);
                _end += got;
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                throw new QmpLostException("The connection broke.", silent: false, failure);
            }
        }
    }

    /// <returns>Where the search for the line's end goes on.</returns>
    private int MakeRoom()
    {
        var length = _end - _start;
        if (length >= LongestLine)
            throw new QmpLostException("The peer sends a line without end.", silent: false);
        if (_start > 0)
        {
            _buffer.AsSpan(_start, length).CopyTo(_buffer);
            (_start, _end) = (0, length);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        return _end;
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
