using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Pruning;

/// <summary>
/// Copies what is needed of packs into new ones. Blobs are sealed each for itself: the MAC is checked and the bytes are copied, nothing is decrypted. The pack's own list
/// of blobs must agree with the index, so that no name is copied onto other bytes.
/// </summary>
internal sealed class Repacker(Repository repository, PackCensus census, RepackWriter writer, PruneProgress progress)
{
    // Reading a little that is not needed is cheaper than another round trip.
    private const int MaxGapBytes = 64 << 10;

    // Of what was just read most is still in the processor's cache when it is verified and copied.
    private const int MaxRunBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly List<string> _damaged = [];
    private readonly HashSet<ObjectId> _done = [];

    /// <summary>The packs of which everything that is needed was copied.</summary>
    public IReadOnlySet<ObjectId> Done => _done;

    /// <summary>A sentence for each pack that could not be copied and must stay.</summary>
    public IReadOnlyList<string> Damaged => _damaged;

    public async Task RunAsync(IEnumerable<PackDecision> packs, int concurrency, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };

        // Trees and data apart: their open packs need not be in memory together.
        foreach (var alike in packs.ToLookup(pack => census.HasTrees(pack.Pack)).OrderByDescending(alike => alike.Key))
        {
            await Parallel.ForEachAsync(alike, parallel, async (pack, token) =>
            {
                await CopyAsync(pack, token);
                progress.StepDone();
            });
            await writer.FinishAsync(cancellationToken);
        }
    }

    private async Task CopyAsync(PackDecision pack, CancellationToken cancellationToken)
    {
        try
        {
            var header = await repository.ReadPackHeaderAsync(pack.Pack, pack.StoredBytes, cancellationToken);
            var needed = header.Where(blob => census.Keeps(blob)).ToList();
            if (needed.Count != pack.UsedBlobs)
                throw Stays(pack, "its own list of blobs does not agree with the index");
            foreach (var run in Runs(needed))
                await CopyAsync(pack, run, cancellationToken);
            lock (_gate)
                _done.Add(pack.Pack);
        }
        catch (RepositoryException e) when (e.Problem is RepositoryProblem.Corrupt or RepositoryProblem.Unreadable)
        {
            lock (_gate)
                _damaged.Add(e.Message);
        }
    }

    private static IEnumerable<List<IndexedBlob>> Runs(List<IndexedBlob> inOrder)
    {
        var run = new List<IndexedBlob>();
        foreach (var blob in inOrder)
        {
            if (run.Count > 0 && (blob.Location.Offset - EndOf(run[^1]) > MaxGapBytes || EndOf(blob) - run[0].Location.Offset > MaxRunBytes))
            {
                yield return run;
                run = [];
            }

            run.Add(blob);
        }

        if (run.Count > 0)
            yield return run;
    }

    private static long EndOf(in IndexedBlob blob) => (long)blob.Location.Offset + blob.Location.Length;

    private async Task CopyAsync(PackDecision pack, List<IndexedBlob> run, CancellationToken cancellationToken)
    {
        long start = run[0].Location.Offset;
        var length = checked((int)(EndOf(run[^1]) - start));
        using var buffer = NativeBuffers.RentForBlob(length);
        await repository.Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, pack.Pack), start, buffer.Memory, cancellationToken);
        foreach (var blob in run)
        {
            var sealedBytes = buffer.Memory.Slice((int)(blob.Location.Offset - start), blob.Location.Length);
            if (repository.Cipher.IsGenuine(sealedBytes.Span))
                await writer.AddAsync(blob, sealedBytes, cancellationToken);
            else
                await CopyOtherAsync(pack, blob, cancellationToken);
            progress.Copied(blob.Location.Length);
        }
    }

    /// <summary>For a damaged blob: the census chose this copy without having seen it, another one may be whole.</summary>
    private async Task CopyOtherAsync(PackDecision pack, IndexedBlob blob, CancellationToken cancellationToken)
    {
        foreach (var place in repository.Index.FindAll(blob.Type, blob.Id).Where(place => place != blob.Location))
        {
            try
            {
                var other = blob with { Location = place };
                Repositories.Damaged.ThrowIfImpossible(other);
                var sealedBytes = new byte[place.Length];
                await repository.Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, place.Pack), place.Offset, sealedBytes, cancellationToken);
                repository.DecodeBlob(other, sealedBytes, new byte[place.PlainLength]);
                await writer.AddAsync(other, sealedBytes, cancellationToken);
                return;
            }
            catch (RepositoryException e) when (e.IsOfOneObject)
            {
                // The next one.
            }
        }

        throw Stays(pack, $"the blob {blob.Id.ToShortString()} in it is damaged");
    }

    private static RepositoryException Stays(PackDecision pack, string why) => new(
        RepositoryProblem.Corrupt, $"The pack data/{pack.Pack} stays as it is: {why}. Run 'check --read-data', then 'repair packs'.");
}
