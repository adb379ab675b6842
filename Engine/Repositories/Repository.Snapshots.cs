using System.Collections.Concurrent;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Repositories;

public sealed partial class Repository
{
    private const string Latest = "latest";

    /// <summary>Stores a snapshot and gives it back with its id. Flushes first, so that a snapshot never names what is not durable.</summary>
    public async Task<Snapshot> SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        await FlushAsync(cancellationToken);
        var bytes = UnpackedCodec.Seal(Cipher, JsonSerializer.SerializeToUtf8Bytes(snapshot, RepositoryJson.Default.Snapshot));
        var id = ObjectId.Of(bytes);
        await Store.PutAsync(new ObjectName(ObjectKind.Snapshot, id), bytes, cancellationToken);
        return snapshot with { Id = id };
    }

    /// <summary>
    /// Stores a changed copy of a snapshot and gives it back with its id; everything that is not changed stays as it is written, fields of other clients too. The copy
    /// names the snapshot that it comes from at first as its original. The old one stays: <see cref="RemoveSnapshotAsync"/>.
    /// </summary>
    public Task<Snapshot> SaveEditedSnapshotAsync(Snapshot snapshot, SnapshotEdit edit, CancellationToken cancellationToken = default) =>
        SaveEditedSnapshotAsync(this, snapshot, edit, cancellationToken);

    /// <summary>The same of a snapshot of another repository, whose blobs are all here.</summary>
    internal async Task<Snapshot> SaveEditedSnapshotAsync(Repository source, Snapshot snapshot, SnapshotEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(edit);
        await FlushAsync(cancellationToken);
        var name = new ObjectName(ObjectKind.Snapshot, snapshot.Id);
        var json = SnapshotEditor.Apply(UnpackedCodec.Open(source.Cipher, name, await source.Store.GetAsync(name, cancellationToken)), snapshot.Id, edit);
        var bytes = UnpackedCodec.Seal(Cipher, json);
        var edited = new ObjectName(ObjectKind.Snapshot, ObjectId.Of(bytes));
        await Store.PutAsync(edited, bytes, cancellationToken);
        return Parse(edited, json);
    }

    /// <summary>Removes a snapshot; what only it needs goes at the next prune. An exclusive lock must be held.</summary>
    public Task RemoveSnapshotAsync(ObjectId id, CancellationToken cancellationToken = default) =>
        Store.DeleteAsync(new ObjectName(ObjectKind.Snapshot, id), cancellationToken);

    /// <summary>
    /// All snapshots, oldest first. One that cannot be read is given to <paramref name="onDamaged"/> and left out; without it, its Corrupt is thrown.
    /// </summary>
    public async Task<IReadOnlyList<Snapshot>> SnapshotsAsync(
        Action<ObjectId, RepositoryException>? onDamaged = null, CancellationToken cancellationToken = default)
    {
        var snapshots = new ConcurrentBag<Snapshot>();
        await ReadAllAsync(ObjectKind.Snapshot, (name, json) => snapshots.Add(Parse(name, json)), onDamaged, cancellationToken);
        return [.. snapshots.OrderBy(snapshot => snapshot.Time).ThenBy(snapshot => snapshot.Id)];
    }

    /// <summary>
    /// The snapshot named by <c>latest</c> (the newest that the filter takes) or by the beginning of its id (the filter is not used then).
    /// NoSnapshot or Ambiguous otherwise. For <c>latest</c>, a damaged snapshot is a notice and is passed over.
    /// </summary>
    public async Task<Snapshot> FindSnapshotAsync(string idOrLatest, SnapshotFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idOrLatest);
        if (idOrLatest == Latest)
        {
            var snapshots = await SnapshotsAsync((_, damaged) => Options.OnNotice?.Invoke(damaged.Message), cancellationToken);
            return snapshots.LastOrDefault(snapshot => filter?.Matches(snapshot) != false)
                ?? throw new RepositoryException(
                    RepositoryProblem.NoSnapshot, "No snapshot fits the given host, paths and tags. List what there is with 'snapshots'.");
        }

        var matches = new List<ObjectName>();
        await foreach (var stored in Store.ListAsync(ObjectKind.Snapshot, cancellationToken))
        {
            if (stored.Name.Name.StartsWith(idOrLatest, StringComparison.Ordinal))
                matches.Add(stored.Name);
        }

        return matches.Count switch
        {
            0 => throw new RepositoryException(
                RepositoryProblem.NoSnapshot, $"There is no snapshot '{idOrLatest}'. List what there is with 'snapshots'."),
            1 => Parse(matches[0], UnpackedCodec.Open(Cipher, matches[0], await Store.GetAsync(matches[0], cancellationToken))),
            _ => throw new RepositoryException(
                RepositoryProblem.Ambiguous, $"{matches.Count} snapshots begin with '{idOrLatest}'. Give more digits of the id."),
        };
    }

    internal static Snapshot Parse(ObjectName name, ReadOnlySpan<byte> json)
    {
        try
        {
            var snapshot = JsonSerializer.Deserialize(json, RepositoryJson.Default.Snapshot);
            if (snapshot is not null)
                return snapshot with { Id = name.Id, Paths = snapshot.Paths ?? [] };
        }
        catch (JsonException e)
        {
            throw Damaged.Object(name, "it is not a snapshot", e);
        }

        throw Damaged.Object(name, "it is not a snapshot");
    }
}
