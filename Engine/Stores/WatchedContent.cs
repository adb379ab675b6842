using System.Net;
using System.Net.Http.Headers;

namespace BackupOnline.Engine.Stores;

/// <summary>A request body that waits for the pace before each piece, and tells the watch of every piece that went out.</summary>
internal sealed class WatchedContent : HttpContent
{
    /// <summary>What is sent, or received, at once when there is a pace.</summary>
    public const int PieceBytes = 128 << 10;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly StallWatch _watch;
    private readonly Func<int, CancellationToken, ValueTask>? _pace;

    public WatchedContent(ReadOnlyMemory<byte> bytes, StallWatch watch, Func<int, CancellationToken, ValueTask>? pace)
    {
        (_bytes, _watch, _pace) = (bytes, watch, pace);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = bytes.Length;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var at = 0; at < _bytes.Length; at += PieceBytes)
        {
            var piece = _bytes.Slice(at, Math.Min(PieceBytes, _bytes.Length - at));
            if (_pace is not null)
            {
                await _pace(piece.Length, cancellationToken);
                // To wait for one's turn is not a stall.
                _watch.Moved();
            }

            await stream.WriteAsync(piece, cancellationToken);
            _watch.Moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
