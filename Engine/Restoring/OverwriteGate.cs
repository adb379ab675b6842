using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>Decides by what stands in the target whether it is written over.</summary>
internal sealed class OverwriteGate(OverwritePolicy policy, FolderCursor folders)
{
    /// <summary>Whether something is there that is not to be overwritten.</summary>
    public bool Stays(RestoreFolder folder, TreeNode node)
    {
        if (policy is OverwritePolicy.Always or OverwritePolicy.IfChanged || TryStatus(folder, node.Name) is not { } there)
            return false;
        return policy == OverwritePolicy.Never || IsNotBefore(there.ModifiedAt, node.ModifiedAt);
    }

    /// <summary>Whether the file that is there is taken for the same.</summary>
    public bool IsSame(RestoreFolder folder, TreeNode node) =>
        policy == OverwritePolicy.IfChanged
        && TryStatus(folder, node.Name) is { IsFile: true } there && there.Size == (long)node.Size && there.ModifiedAt.IsSameMoment(node.ModifiedAt);

    private static bool IsNotBefore(NodeTime one, NodeTime other) => (one.Seconds, one.Nanoseconds).CompareTo((other.Seconds, other.Nanoseconds)) >= 0;

    private FileStatus? TryStatus(RestoreFolder folder, RawPath name)
    {
        try
        {
            return LocalFiles.Status(folders.Open(folder), name);
        }
        catch (FileSystemException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
