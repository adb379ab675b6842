using BackupOnline.Agent.Exits;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.BootTests;

/// <summary>The disks of a recovery point, open for reading, in order. To be disposed before the repository.</summary>
internal sealed class PointDisks : IAsyncDisposable
{
    private PointDisks(IReadOnlyList<string> names, IReadOnlyList<ImageReader> images) => (Names, Images) = (names, images);

    /// <summary>File names in the snapshot: <c>disk0.raw</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<ImageReader> Images { get; }

    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="snapshot">The point.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="AgentStop">The snapshot is not a point.</exception>
    public static async Task<PointDisks> OpenAsync(Repository repository, Snapshot snapshot, CancellationToken cancellation)
    {
        var disks = new List<TreeNode>();
        if (snapshot.Paths is [var path])
        {
            var folder = RawPath.FromText(path).MakeAbsolute(RawPath.Root);
            var below = TreeWalk.ItemsAsync(repository, snapshot.Tree, item => IsOnTheWay(item.Path, folder), cancellation);
            await foreach (var item in below)
            {
                if (item.Node.Type == NodeType.File && item.Path.Parent == folder && item.Path.ToString().EndsWith(".raw", StringComparison.Ordinal))
                    disks.Add(item.Node);
            }
        }

        if (disks.Count == 0)
            throw new AgentStop(ExitCode.Fatal, BootSentences.NoDisks, snapshot.Id.ToString()[..8]);

        // disk2 before disk10.
        disks.Sort((left, right) => left.Name.Length != right.Name.Length ? left.Name.Length.CompareTo(right.Name.Length) : left.Name.CompareTo(right.Name));
        return new PointDisks([.. disks.Select(disk => disk.Name.ToString())], [.. disks.Select(disk => new ImageReader(repository, disk))]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in Images)
            await image.DisposeAsync();
    }

    private static bool IsOnTheWay(RawPath path, RawPath folder) =>
        path == folder || (folder.Bytes.StartsWith(path.Bytes) && folder.Bytes[path.Length] == (byte)'/');
}
