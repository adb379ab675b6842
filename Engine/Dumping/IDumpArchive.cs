using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Dumping;

/// <summary>An archive that is written entry by entry, in one pass, into a stream that need not seek.</summary>
internal interface IDumpArchive
{
    /// <param name="name">From the archive's root, folders with a slash at the end.</param>
    /// <param name="node">A file, a folder or a symlink.</param>
    /// <param name="content">The file's content, of a known length; null for others.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task AddAsync(string name, TreeNode node, Stream? content, CancellationToken cancellationToken);

    /// <summary>Writes what closes an archive. Not called after a failure, so that a part never looks like the whole.</summary>
    Task FinishAsync();
}
