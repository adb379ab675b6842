using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Finding;

/// <summary>A place in a snapshot where a blob is used.</summary>
/// <param name="Type">Data: a part of a file. Tree: a folder.</param>
/// <param name="Id">The blob.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="ParentTree">The tree that the file stands in; null for a folder.</param>
public sealed record FoundObject(BlobType Type, BlobId Id, RawPath Path, BlobId? ParentTree);
