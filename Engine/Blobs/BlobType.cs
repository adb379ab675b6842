namespace BackupOnline.Engine.Blobs;

/// <summary>What a blob holds; part of its identity, since a file may contain the bytes of a tree.</summary>
public enum BlobType : byte
{
    /// <summary>A piece of a file's content.</summary>
    Data = 0,

    /// <summary>A tree: the JSON of one folder.</summary>
    Tree = 1,
}
