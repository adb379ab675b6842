using BackupOnline.Agent.Hypervisors;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Points;

/// <summary>A point as the repository has it.</summary>
/// <param name="Folder">The machine's folder in the snapshot: <c>/web01</c>.</param>
internal sealed record RecordedPoint(Snapshot Snapshot, Epoch Epoch, string Folder, PointDescription Description)
{
    /// <summary>Ids and sizes of its disks.</summary>
    public IReadOnlyDictionary<string, long> Disks => Description.Disks.ToDictionary(disk => disk.Id, disk => disk.Size, StringComparer.Ordinal);
}
