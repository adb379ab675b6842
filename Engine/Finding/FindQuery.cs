using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Finding;

/// <summary>Which items of a snapshot are looked for.</summary>
public sealed class FindQuery
{
    private readonly PatternList _patterns;
    private readonly bool _byNameAlone;

    /// <param name="patterns">As <see cref="PatternList"/> reads them, without <c>!</c>; an item that any of them matches is found.</param>
    /// <param name="ignoreCase">Compare upper and lower case alike.</param>
    /// <exception cref="FormatException">Names the pattern that is malformed.</exception>
    public FindQuery(IReadOnlyList<string> patterns, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        _patterns = PatternList.Parse(patterns, ignoreCase);
        _byNameAlone = patterns.All(pattern => !pattern.Contains('/', StringComparison.Ordinal));
    }

    /// <summary>Only items modified at this moment or later.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Only items modified at this moment or earlier.</summary>
    public DateTimeOffset? Newest { get; init; }

    internal SearchStep<TreeItem> Judge(SearchItem searched)
    {
        var (path, node) = searched.Item;
        var (matched, below) = _patterns.MatchWithBelow(path);

        // Below a folder that is matched everything is, so there its place counts.
        return new SearchStep<TreeItem>(matched && IsInTime(node) ? [searched.Item] : [], matched || below, _byNameAlone && !matched);
    }

    private bool IsInTime(TreeNode node)
    {
        var time = node.ModifiedAt.ToDateTimeOffset();
        return (Oldest is not { } oldest || time >= oldest) && (Newest is not { } newest || time <= newest);
    }
}
