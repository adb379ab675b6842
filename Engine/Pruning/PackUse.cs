using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;

namespace BackupOnline.Engine.Pruning;

/// <summary>What a pack holds that is needed, and what is not. A copy of a blob that stays elsewhere is not needed. Bytes are those of the sealed blobs.</summary>
internal sealed class PackUse(ObjectId pack)
{
    private const int PlainEntryBytes = PackHeader.MaxEntryBytes - sizeof(uint);

    public ObjectId Pack { get; } = pack;

    /// <summary>Bytes in the store; null when it is not there.</summary>
    public long? StoredBytes { get; set; }

    /// <summary>The bytes that it has by the index, its header included; 0 when no index names a blob in it.</summary>
    public long IndexedBytes { get; private set; }

    public bool HasTrees { get; private set; }

    public bool HasData { get; private set; }

    public int UsedBlobs { get; private set; }

    public long UsedBytes { get; private set; }

    public int UnusedBlobs { get; private set; }

    public long UnusedBytes { get; private set; }

    /// <summary>When a prune marked it; null: it did not.</summary>
    public DateTimeOffset? MarkedSince { get; set; }

    /// <summary>Whether an index names it, be it without a blob.</summary>
    public bool IsIndexed { get; set; }

    public void Add(in IndexedBlob blob, bool isUsed)
    {
        IsIndexed = true;
        if (IndexedBytes == 0)
            IndexedBytes = RepositoryCipher.Overhead + PackHeader.TrailerBytes;
        IndexedBytes += blob.Location.Length + (blob.Location.IsCompressed ? PackHeader.MaxEntryBytes : PlainEntryBytes);
        if (blob.Type == BlobType.Tree)
            HasTrees = true;
        else
            HasData = true;
        if (isUsed)
        {
            UsedBlobs++;
            UsedBytes += blob.Location.Length;
        }
        else
        {
            UnusedBlobs++;
            UnusedBytes += blob.Location.Length;
        }
    }
}
