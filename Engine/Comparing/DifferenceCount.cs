using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Comparing;

/// <summary>What is on one side of a comparison only.</summary>
public sealed record DifferenceCount
{
    public long Files { get; internal set; }

    public long Folders { get; internal set; }

    public long Others { get; internal set; }

    public long DataBlobs { get; internal set; }

    public long TreeBlobs { get; internal set; }

    /// <summary>Plain bytes of these blobs.</summary>
    public long Bytes { get; internal set; }

    internal void Count(TreeNode node)
    {
        switch (node.Type)
        {
            case NodeType.File:
                Files++;
                break;
            case NodeType.Folder:
                Folders++;
                break;
            default:
                Others++;
                break;
        }
    }
}
