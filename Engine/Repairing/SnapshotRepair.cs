using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Repairing;

/// <summary>Makes snapshots that need nothing that is lost. An exclusive lock must be held.</summary>
public sealed class SnapshotRepair
{
    /// <summary>The tag of a repaired copy beside which the old snapshot stays, as restic has it.</summary>
    private const string Tag = "repaired";

    private readonly Repository _repository;
    private readonly SnapshotRepairOptions _options;
    private readonly TreeRepair _trees;

    private SnapshotRepair(Repository repository, SnapshotRepairOptions options)
    {
        (_repository, _options) = (repository, options);
        _trees = new TreeRepair(repository, options.DryRun, (path, change) => options.OnChange?.Invoke(path, change));
    }

    /// <summary>The index is loaded, and packs that are not there are forgotten, before the first snapshot is looked at.</summary>
    /// <exception cref="RepositoryException">Corrupt: an index file cannot be read, so that it is not known what is lost. Or the store refuses.</exception>
    public static async Task<SnapshotRepair> StartAsync(Repository repository, SnapshotRepairOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        await repository.LoadIndexAsync(null, cancellationToken);
        await repository.ForgetLostPacksAsync(cancellationToken);
        return new SnapshotRepair(repository, options);
    }

    public async Task<SnapshotRepairResult> RepairAsync(Snapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var tree = await _trees.RepairAsync(snapshot.Tree, "", cancellationToken);
        if (tree == snapshot.Tree)
            return new SnapshotRepairResult(SnapshotState.Whole, null);
        ObjectId? copy = null;
        if (tree is { } root && !_options.DryRun)
        {
            IReadOnlyList<string>? tags = _options.Forget ? null : [.. (snapshot.Tags ?? []).Append(Tag).Distinct(StringComparer.Ordinal)];
            copy = (await _repository.SaveEditedSnapshotAsync(snapshot, new SnapshotEdit { Tree = root, Tags = tags }, cancellationToken)).Id;
        }

        if (_options is { Forget: true, DryRun: false })
            await _repository.RemoveSnapshotAsync(snapshot.Id, cancellationToken);
        return new SnapshotRepairResult(tree is null ? SnapshotState.Unreadable : SnapshotState.Repaired, copy);
    }
}
