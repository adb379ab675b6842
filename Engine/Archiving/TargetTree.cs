using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>
/// Where the targets of a backup stand in the snapshot. A target keeps its place below the root; the folders above it are there with their own metadata and
/// only with what leads to a target. The rules are restic's, so that both make the same snapshot of the same arguments.
/// </summary>
internal sealed class TargetTree
{
    /// <summary>Entries by name, in byte order.</summary>
    public SortedDictionary<RawPath, TargetTree> Entries { get; } = [];

    /// <summary>The file or folder to take here with all that is in it; empty for a folder that only leads to targets.</summary>
    public RawPath Source { get; private set; }

    /// <summary>The folder whose metadata a folder above targets has; empty for the root and for sources.</summary>
    public RawPath MetadataSource { get; private set; }

    /// <summary>Where the first component of the target lies: tells <c>/etc</c> from <c>etc</c> below the current folder.</summary>
    private RawPath Origin { get; init; }

    /// <summary>Builds the tree of the targets. A target without components (<c>.</c>, <c>/</c>) stands for its entries.</summary>
    /// <exception cref="FileSystemException">A folder that has to be listed for that cannot be read.</exception>
    public static TargetTree Build(IEnumerable<RawPath> targets, RawPath workingFolder)
    {
        var root = new TargetTree();
        foreach (var target in Expand(targets, workingFolder).Distinct())
            root.AddTarget(target);
        root.Unroll(workingFolder);
        return root;
    }

    private static IEnumerable<RawPath> Expand(IEnumerable<RawPath> targets, RawPath workingFolder)
    {
        foreach (var target in targets.Select(target => target.Clean()))
        {
            if (Components(target).Count > 0)
            {
                yield return target;
                continue;
            }

            foreach (var name in Names(target.MakeAbsolute(workingFolder)))
                yield return target.Join(name).Clean();
        }
    }

    /// <summary>The components that are kept in the snapshot: those of a relative path as if it began at the root, so that leading <c>..</c> vanish.</summary>
    private static IReadOnlyList<RawPath> Components(RawPath target) => target.MakeAbsolute(RawPath.Root).Components();

    private static RawPath OriginOf(RawPath target)
    {
        if (target.IsAbsolute)
            return RawPath.Root;
        var up = target.Components().Count(component => component.Bytes.SequenceEqual(".."u8));
        return RawPath.FromText(up == 0 ? "." : string.Join('/', Enumerable.Repeat("..", up)));
    }

    private static RawPath[] Names(RawPath folder)
    {
        using var handle = LocalFiles.OpenFolderFollowing(folder);
        return LocalFiles.EntryNames(handle);
    }

    private void AddTarget(RawPath target)
    {
        var (components, origin) = (Components(target), OriginOf(target));
        var name = components[0];

        // The same first name from two origins: the later one gets a number.
        for (var i = 1; Entries.TryGetValue(name, out var other) && other.Origin != origin; i++)
            name = new RawPath([.. components[0].Bytes, .. System.Text.Encoding.ASCII.GetBytes($"-{i}")]);
        if (!Entries.TryGetValue(name, out var entry))
            Entries.Add(name, entry = new TargetTree { Origin = origin });
        var folder = origin.Join(components[0]).Clean();
        foreach (var component in components.Skip(1))
        {
            entry.MetadataSource = folder;
            if (!entry.Entries.TryGetValue(component, out var next))
                entry.Entries.Add(component, next = new TargetTree());
            (entry, folder) = (next, folder.Join(component));
        }

        entry.Source = target;
    }

    /// <summary>A folder that is a target and has targets in it becomes the list of its entries.</summary>
    private void Unroll(RawPath workingFolder)
    {
        if (!Source.IsEmpty && Entries.Count > 0)
        {
            foreach (var name in Names(Source.MakeAbsolute(workingFolder)))
            {
                if (!Entries.TryGetValue(name, out var entry))
                    Entries.Add(name, entry = new TargetTree());
                if (entry.Source.IsEmpty)
                    entry.Source = Source.Join(name);
            }

            Source = default;
        }

        foreach (var entry in Entries.Values)
            entry.Unroll(workingFolder);
    }
}
