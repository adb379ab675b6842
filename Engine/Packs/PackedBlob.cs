using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Packs;

/// <summary>A blob in a pack that has no name yet. Lengths as in <see cref="Index.BlobLocation"/>.</summary>
internal readonly record struct PackedBlob(BlobType Type, BlobId Id, uint Offset, int Length, int PlainLength, bool IsCompressed);
