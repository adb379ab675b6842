using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Blobs;

/// <summary>The outcome of saving a blob.</summary>
/// <param name="Id">SHA-256 of the plain bytes.</param>
/// <param name="IsNew">False when the repository, or another saver in this run, already had it: nothing was added.</param>
/// <param name="StoredLength">Sealed length in bytes added to a pack, its header entry not counted; 0 when not new.</param>
public readonly record struct SavedBlob(BlobId Id, bool IsNew, int StoredLength);
