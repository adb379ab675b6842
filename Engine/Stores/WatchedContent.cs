using System.Net;
using System.Net.Http.Headers;

namespace BackupOnline.Engine.Stores;

/// <summary>A request body that tells the watch of every piece that went out.</summary>
internal sealed class WatchedContent : HttpContent
{
    private const int PieceBytes = 128 << 10;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly StallWatch _watch;

    public WatchedContent(ReadOnlyMemory<byte> bytes, StallWatch watch)
    {
        (_bytes, _watch) = (bytes, watch);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = bytes.Length;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var at = 0; at < _bytes.Length; at += PieceBytes)
        {
            await stream.WriteAsync(_bytes.Slice(at, Math.Min(PieceBytes, _bytes.Length - at)), cancellationToken);
            _watch.Moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
