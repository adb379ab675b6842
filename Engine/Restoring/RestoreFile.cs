using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>An entry of a batch: a file whose content is to be written.</summary>
internal sealed class RestoreFile(RestoreFolder folder, TreeNode node)
{
    private int _failed;

    public RestoreFolder Folder => folder;

    public TreeNode Node => node;

    public RawPath Path => folder.PathOf(node.Name);

    /// <summary>Its content is not complete.</summary>
    public bool IsFailed => Volatile.Read(ref _failed) != 0;

    /// <summary>True the first time: one file is one error, however many of its parts fail.</summary>
    public bool TryFail() => Interlocked.Exchange(ref _failed, 1) == 0;
}
