using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Pruning;

/// <summary>
/// Replaces index files so that they name what is to be named: first every new file is written, then the old ones are removed. Cut off anywhere, all that is needed is named.
/// Files that change in nothing stay as they are.
/// </summary>
/// <param name="repository">Its index is loaded.</param>
/// <param name="damaged">Index files that cannot be read: they are removed.</param>
internal sealed class IndexRewriter(Repository repository, IReadOnlyCollection<ObjectId>? damaged = null)
{
    // Below this a file is merged with others when there is something to rewrite anyway.
    private const int SmallFileBlobs = 5_000;

    private readonly List<(ObjectId, IReadOnlyList<PackedBlob>)> _waiting = [];

    // With the number of blobs: should two files list different parts of a pack, both parts stay named.
    private readonly HashSet<(ObjectId Pack, int Blobs)> _named = [];
    private readonly List<ObjectName> _obsolete = [];
    private int _waitingBlobs;

    /// <param name="dropped">Packs that are not to be named any more.</param>
    /// <param name="added">New packs.</param>
    /// <param name="marks">The marks that are to stand; null: those that stand are right.</param>
    /// <param name="cancellationToken">Ends the work between two files.</param>
    public async Task RewriteAsync(
        IReadOnlySet<ObjectId> dropped,
        IReadOnlyList<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)> added,
        IReadOnlyDictionary<ObjectId, DateTimeOffset>? marks,
        CancellationToken cancellationToken)
    {
        var marked = repository.Marks.Files;

        // Listed before the first new file is written: those must not be met, and taken for old ones.
        var old = dropped.Count > 0 ? await ListAsync(cancellationToken) : marks is null ? [] : marked;
        foreach (var (pack, blobs) in added)
            await NameAsync(pack, blobs, cancellationToken);
        foreach (var file in old.Where(file => damaged?.Contains(file) != true))
            await TakeAsync(new ObjectName(ObjectKind.Index, file), dropped, marks is not null && marked.Contains(file), cancellationToken);
        await WriteWaitingAsync(cancellationToken);
        if (marks is { Count: > 0 })
            await PutAsync(IndexWriter.Write([], marks), cancellationToken);
        foreach (var file in (damaged ?? []).Select(file => new ObjectName(ObjectKind.Index, file)).Concat(_obsolete))
            await repository.Store.DeleteAsync(file, cancellationToken);
    }

    private async Task<IReadOnlyCollection<ObjectId>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<ObjectId>();
        await foreach (var stored in repository.Store.ListAsync(ObjectKind.Index, cancellationToken))
            all.Add(stored.Name.Id);
        return all;
    }

    private async Task TakeAsync(ObjectName file, IReadOnlySet<ObjectId> dropped, bool isObsolete, CancellationToken cancellationToken)
    {
        var packs = new List<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)>();
        var blobs = 0;
        var hasMarks = false;
        try
        {
            await repository.ReadIndexFileAsync(
                file,
                (pack, list) =>
                {
                    packs.Add((pack, [.. list]));
                    blobs += list.Count;
                },
                (_, _) => hasMarks = true,
                cancellationToken);
        }
        catch (RepositoryException e) when (isObsolete && e.Problem == RepositoryProblem.NotFound)
        {
            // Another prune beside this one has replaced the marks already.
            return;
        }

        if (!isObsolete && (hasMarks || blobs >= SmallFileBlobs) && !packs.Exists(pack => dropped.Contains(pack.Pack)))
            return;
        _obsolete.Add(file);
        foreach (var (pack, list) in packs)
        {
            if (!dropped.Contains(pack))
                await NameAsync(pack, list, cancellationToken);
        }
    }

    private async Task NameAsync(ObjectId pack, IReadOnlyList<PackedBlob> blobs, CancellationToken cancellationToken)
    {
        if (!_named.Add((pack, blobs.Count)))
            return;
        _waiting.Add((pack, blobs));
        _waitingBlobs += blobs.Count;
        if (_waitingBlobs >= repository.Options.IndexFlushBlobs)
            await WriteWaitingAsync(cancellationToken);
    }

    private async Task WriteWaitingAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
            return;
        await PutAsync(IndexWriter.Write(_waiting), cancellationToken);
        _waiting.Clear();
        _waitingBlobs = 0;
    }

    private async Task PutAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var bytes = UnpackedCodec.Seal(repository.Cipher, json.Span);
        await repository.Store.PutAsync(new ObjectName(ObjectKind.Index, ObjectId.Of(bytes)), bytes, cancellationToken);
    }
}
