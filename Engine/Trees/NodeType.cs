namespace BackupOnline.Engine.Trees;

/// <summary>What a node of a tree is.</summary>
public enum NodeType
{
    /// <summary>A type that this version does not know. It can be listed, not restored.</summary>
    Unknown,
    File,
    Folder,
    Symlink,
    BlockDevice,
    CharacterDevice,
    Fifo,
    Socket,
}
