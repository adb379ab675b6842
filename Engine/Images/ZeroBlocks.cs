using System.Collections.Concurrent;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Images;

/// <summary>Blocks of zeros: hashed and saved once for each length, however many of them there are.</summary>
internal sealed class ZeroBlocks(BlobSink sink, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<int, Lazy<Task<SavedBlob>>> _saved = new();

    public async ValueTask<BlobId> SaveAsync(int length) =>
        (await _saved.GetOrAdd(length, bytes => new Lazy<Task<SavedBlob>>(() => sink.SaveAsync(BlobType.Data, new byte[bytes], cancellationToken).AsTask())).Value).Id;
}
