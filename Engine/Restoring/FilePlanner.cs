using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>
/// Puts regular files into the batch, each with the places of its parts, or as another name of an earlier one; those that stay as they are it skips.
/// A file with more parts than a batch takes is written in several: its metadata come with the last.
/// </summary>
internal sealed class FilePlanner(
    Repository repository, FolderCursor folders, OverwriteGate overwriting, RestoreBatch batch, BatchPerformer performer, RestoreTally tally, RestoreProgress progress, RestoreLog log)
{
    // Places that are kept from finding out the length; of a longer file the others are looked up once more.
    private const int MaxKept = 10_000;

    private readonly Dictionary<(ulong Inode, ulong Device), (RestoreFile File, ulong LinksLeft)> _linked = [];
    private readonly List<(BlobId Id, BlobLocation Location, long Offset)> _places = [];
    private readonly MetadataWriter _metadata = new(log);

    public async ValueTask PlanAsync(RestoreFolder folder, TreeNode node, CancellationToken cancellationToken)
    {
        var file = new RestoreFile(folder, node);
        if (node.Links > 1 && TryLink(folder, node, file))
            return;
        tally.WantBytes((long)node.Size);
        var length = Locate(file);
        if (file.IsFailed)
            return;

        if (node.Links < 2 && overwriting.IsSame(folder, node))
        {
            _metadata.Apply(folders.Open(folder), node, file.Path);
            tally.Skipped((long)node.Size);
            return;
        }

        var parts = node.Content ?? [];
        (file.Length, file.IsOnePart) = (length, parts.Count == 1);
        if (!file.IsOnePart)
        {
            // A fresh file: nothing of an old one shows through, and another name of an old one keeps its content.
            using var created = TargetFiles.ReplaceFile(folders.Open(folder), node.Name);
            TargetFiles.SetLength(created, length);
            file.IsMade = true;
        }

        progress.Planned(length);
        foreach (var (id, location, offset) in _places)
            batch.Want(id, location, file, offset);
        if (parts.Count > MaxKept)
            await WantOthersAsync(file, parts, cancellationToken);
        batch.Files.Add(file);
    }

    private async ValueTask WantOthersAsync(RestoreFile file, IReadOnlyList<BlobId> parts, CancellationToken cancellationToken)
    {
        var offset = _places[^1].Offset + _places[^1].Location.PlainLength;
        for (var part = MaxKept; part < parts.Count; part++)
        {
            if (batch.IsFull)
                await performer.PerformAsync(batch, cancellationToken);
            if (!repository.Index.TryFind(BlobType.Data, parts[part], out var location))
                throw new InvalidOperationException($"The index has lost {parts[part]} since it was asked for it.");
            batch.Want(parts[part], location, file, offset);
            offset += location.PlainLength;
        }
    }

    /// <summary>A further name of a file that was met before.</summary>
    private bool TryLink(RestoreFolder folder, TreeNode node, RestoreFile file)
    {
        var key = (node.Inode, node.DeviceId);
        if (!_linked.TryGetValue(key, out var first))
        {
            _linked[key] = (file, node.Links - 1);
            return false;
        }

        if (first.LinksLeft <= 1)
            _linked.Remove(key);
        else
            _linked[key] = (first.File, first.LinksLeft - 1);
        batch.Links.Add((folder, node, first.File));
        progress.Planned(0);
        return true;
    }

    /// <summary>Finds the file's parts, the first of them for <see cref="_places"/>; how long they are together.</summary>
    private long Locate(RestoreFile file)
    {
        _places.Clear();
        var offset = 0L;
        foreach (var id in file.Node.Content ?? [])
        {
            if (repository.Index.TryFind(BlobType.Data, id, out var location))
            {
                if (_places.Count < MaxKept)
                    _places.Add((id, location, offset));
                offset += location.PlainLength;
            }
            else if (file.TryFail(isDamage: true))
            {
                log.Failed(file.Path, $"cannot be restored: its part {id} is missing in the repository. Run check; another snapshot may have the file.", isDamage: true);
            }
        }

        return offset;
    }
}
