using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>What of a snapshot is restored.</summary>
internal sealed class RestoreSelection(RestoreOptions options)
{
    /// <summary>Nothing is asked for or excluded by its name.</summary>
    public bool IsAll { get; } = !options.HasInclude && options.Exclude.IsEmpty && options.CaseInsensitiveExclude.IsEmpty;

    /// <summary>Whether to restore the item, and whether to look into it when it is a folder. A folder that is excluded is not looked into.</summary>
    public (bool Selected, bool Enter) Judge(RawPath path, TreeNode node) => Judge(path, node.Type == NodeType.Folder);

    /// <summary>The same for what the snapshot does not have.</summary>
    public (bool Selected, bool Enter) Judge(RawPath path, bool isFolder)
    {
        if (!options.HasInclude)
        {
            var excluded = options.Exclude.Matches(path) || options.CaseInsensitiveExclude.Matches(path);
            return (!excluded, !excluded && isFolder);
        }

        var (matched, below) = options.Include.MatchWithBelow(path);
        var (matchedToo, belowToo) = options.CaseInsensitiveInclude.MatchWithBelow(path);
        return (matched || matchedToo, (below || belowToo) && isFolder);
    }
}
