using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>Decides by what stands in the target whether it is written over.</summary>
internal sealed class OverwriteGate(OverwritePolicy policy)
{
    /// <summary>Whether something is there that is not to be overwritten.</summary>
    public bool Stays(FolderHandle folder, TreeNode node)
    {
        if (policy is OverwritePolicy.Always or OverwritePolicy.IfChanged || TryStatus(folder, node.Name) is not { } there)
            return false;
        return policy == OverwritePolicy.Never || IsNotBefore(there.ModifiedAt, node.ModifiedAt);
    }

    /// <summary>Whether the file that is there is taken for the same.</summary>
    public bool IsSame(FolderHandle folder, TreeNode node) =>
        policy == OverwritePolicy.IfChanged
        && TryStatus(folder, node.Name) is { IsFile: true } there && there.Size == (long)node.Size && there.ModifiedAt.IsSameMoment(node.ModifiedAt);

    private static bool IsNotBefore(NodeTime one, NodeTime other) => (one.Seconds, one.Nanoseconds).CompareTo((other.Seconds, other.Nanoseconds)) >= 0;

    private static FileStatus? TryStatus(FolderHandle folder, RawPath name)
    {
        try
        {
            return LocalFiles.Status(folder, name);
        }
        catch (FileSystemException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
