using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Index;

/// <summary>One entry of the index. A blob may have several, in several packs.</summary>
public readonly record struct IndexedBlob(BlobType Type, BlobId Id, BlobLocation Location);
