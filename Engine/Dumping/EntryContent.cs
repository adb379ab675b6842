using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Dumping;

/// <summary>
/// The content of the present item of a <see cref="DumpQueue"/> as a stream. Its length is known by the index, as the header of an archive's entry wants it;
/// it is read once, from its beginning.
/// </summary>
internal sealed class EntryContent(DumpQueue queue, int blobs, long length) : Stream
{
    private ReadOnlyMemory<byte> _left;
    private int _blobsLeft = blobs;
    private long _position;

    public override bool CanRead => true;

    /// <summary>So that its length is asked for.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>The blobs of a file; none of anything else.</summary>
    public static IReadOnlyList<BlobId> Of(TreeNode node) => node.Type == NodeType.File ? node.Content ?? [] : [];

    /// <summary>By the index, which the blobs are verified against; a node may lie about its size.</summary>
    public static long LengthOf(TreeNode node, BlobIndex index) =>
        Of(node).Sum(id => index.TryFind(BlobType.Data, id, out var place) ? (long)place.PlainLength : 0);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.IsEmpty)
        {
            if (_blobsLeft == 0)
                return 0;
            _blobsLeft--;
            _left = await queue.NextBlobAsync();
        }

        var taken = Math.Min(buffer.Length, _left.Length);
        _left[..taken].CopyTo(buffer);
        _left = _left[taken..];
        _position += taken;
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
