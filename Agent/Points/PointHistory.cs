using System.Text.Json;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Engine.Dumping;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Points;

/// <summary>The points of machines that a repository has. The repository alone says what was committed: nothing is remembered beside it.</summary>
internal sealed class PointHistory(Repository repository)
{
    // A description is a few KB; more is not one of ours.
    private const ulong MostDescriptionBytes = 1 << 20;

    /// <summary>Snapshots that are points, oldest first; <paramref name="stableId"/> null: of all machines. Damaged ones are passed over: they are check's affair.</summary>
    public async Task<IReadOnlyList<Snapshot>> SnapshotsAsync(string? stableId, CancellationToken cancellation)
    {
        var tag = stableId is null ? PointTags.Hot : PointTags.OfMachine(stableId);
        var all = await repository.SnapshotsAsync((_, _) => { }, cancellation);
        return [.. all.Where(snapshot => snapshot.Tags?.Contains(tag) == true && PointTags.EpochOf(snapshot.Tags) is not null)];
    }

    /// <summary>The newest point of a machine by its epoch, or null. The index must be loaded.</summary>
    public async Task<RecordedPoint?> LastAsync(string stableId, CancellationToken cancellation)
    {
        var points = await SnapshotsAsync(stableId, cancellation);

        // Two agents beside each other may have made one epoch twice: the tracking counts from the later one.
        return points.MaxBy(snapshot => (PointTags.EpochOf(snapshot.Tags)!.Value.Sequence, snapshot.Time)) is { } newest ? await ReadAsync(newest, cancellation) : null;
    }

    /// <summary>The epoch of the newest point of each of these machines that has one; every snapshot is read once.</summary>
    public async Task<IReadOnlyDictionary<string, Epoch>> LastEpochsAsync(IEnumerable<string> stableIds, CancellationToken cancellation)
    {
        var points = (await SnapshotsAsync(null, cancellation)).ToLookup(snapshot => PointTags.EpochOf(snapshot.Tags)!.Value.Machine, snapshot => PointTags.EpochOf(snapshot.Tags)!.Value);
        return stableIds.Where(id => points.Contains(Epoch.Of(id, 1).Machine))
            .ToDictionary(id => id, id => points[Epoch.Of(id, 1).Machine].MaxBy(epoch => epoch.Sequence), StringComparer.Ordinal);
    }

    /// <summary>Reads a point's description. The index must be loaded.</summary>
    /// <exception cref="PointUnreadableException">The snapshot is not a point, or a newer agent's.</exception>
    public async Task<RecordedPoint> ReadAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        var id = snapshot.Id.ToString()[..8];
        if (PointTags.EpochOf(snapshot.Tags) is not { } epoch || snapshot.Paths is not [var path])
            throw new PointUnreadableException($"Snapshot {id} is not a recovery point of a machine.");
        var folder = RawPath.FromText(path);
        var file = folder.Join(RawPath.FromText(PointDescription.FileName));
        var node = await TreePath.FindAsync(repository, snapshot.Tree, file, cancellation);
        if (node is not { Type: NodeType.File, Size: <= MostDescriptionBytes })
            throw new PointUnreadableException($"Snapshot {id} has no {file}: it is not whole. Use another point.");
        using var content = new MemoryStream();
        await Dumper.DumpFileAsync(repository, node, content, new RestoreProgress(), cancellation);
        try
        {
            var description = JsonSerializer.Deserialize(content.ToArray(), PointJson.Default.PointDescription)!;
            return description.Version <= PointDescription.PresentVersion
                ? new RecordedPoint(snapshot, epoch, path, description)
                : throw new PointUnreadableException($"Snapshot {id} was made by a newer agent (point version {description.Version}). Update this one.");
        }
        catch (JsonException failure)
        {
            throw new PointUnreadableException($"{file} of snapshot {id} is not a description of a point.", failure);
        }
    }
}
