using System.Runtime.CompilerServices;
using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.Tests.Images;

/// <summary>A raw image in a file, read whole; pieces of 64 KiB that hold nothing are told as zeros.</summary>
internal sealed class FileImage(string name, string path) : IImageSource
{
    private const int Piece = 64 << 10;

    public string Name => name;

    public long Size { get; } = new FileInfo(path).Length;

    public bool IsIncremental => false;

    public async IAsyncEnumerable<ImageExtent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var piece = new byte[Piece];
        for (var at = 0L; at < Size; at += Piece)
        {
            var length = (int)Math.Min(Piece, Size - at);
            await ReadAsync(at, piece.AsMemory(0, length), cancellationToken);
            yield return new ImageExtent(at, length, !piece.AsSpan(0, length).ContainsAnyExcept((byte)0));
        }
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path);
        while (!buffer.IsEmpty)
        {
            var read = await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);
            Assert.NotEqual(0, read);
            (offset, buffer) = (offset + read, buffer[read..]);
        }
    }
}
