using BackupOnline.Agent.Hypervisors;
using BackupOnline.Engine.Dumping;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Points;

/// <summary>Makes a machine anew from a point. Every block is verified by its hash before it is written. The repository's index must be loaded.</summary>
internal sealed class PointRestore(Repository repository, IMachineRestoreTarget target)
{
    /// <param name="point">What to restore.</param>
    /// <param name="name">Name of the new machine.</param>
    /// <param name="folder">Folder for its images.</param>
    /// <param name="format">qcow2, raw or vhdx.</param>
    /// <param name="progress">Counted up.</param>
    /// <param name="cancellation">Ends the restore; what was made is removed.</param>
    /// <returns>Where the machine is.</returns>
    public async Task<string> RunAsync(RecordedPoint point, string name, string folder, string format, RestoreProgress progress, CancellationToken cancellation)
    {
        var disks = point.Description.Disks;

        // Whatever is missing is told before anything is made.
        var nodes = new List<TreeNode>();
        foreach (var disk in disks)
            nodes.Add(await FindAsync(point, disk.File, cancellation));
        var configuration = new List<ConfigurationFile>();
        foreach (var file in point.Description.Configuration)
            configuration.Add(new ConfigurationFile(file, await ContentAsync(await FindAsync(point, file, cancellation), cancellation)));

        var request = new MachineRestoreRequest
        {
            Name = name,
            Disks = [.. disks.Select(disk => (disk.Id, disk.Size))],
            Configuration = configuration,
            Folder = folder,
            Format = format,
        };
        await using var machine = await target.PrepareAsync(request, cancellation);
        foreach (var (disk, node) in disks.Zip(nodes))
            await ImageRestorer.RestoreAsync(repository, node, (offset, bytes, token) => machine.WriteAsync(disk.Id, offset, bytes, token), progress, cancellation);
        return await machine.CompleteAsync(cancellation);
    }

    private async Task<TreeNode> FindAsync(RecordedPoint point, string file, CancellationToken cancellation)
    {
        var path = RawPath.FromText(point.Folder).Join(RawPath.FromText(file));
        return await TreePath.FindAsync(repository, point.Snapshot.Tree, path, cancellation) is { Type: NodeType.File } node
            ? node
            : throw new PointUnreadableException($"Snapshot {point.Snapshot.Id.ToString()[..8]} has no {path}: it is not whole. Use another point.");
    }

    private async Task<byte[]> ContentAsync(TreeNode node, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await Dumper.DumpFileAsync(repository, node, content, new RestoreProgress(), cancellation);
        return content.ToArray();
    }
}
