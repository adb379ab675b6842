using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Pruning;

/// <summary>Performs a plan. Order: new packs, new index files, old index files away, packs away; so at every moment all that is needed is there and named.</summary>
internal sealed class PruneRun(Repository repository, PrunePlan plan, PruneProgress progress)
{
    private const int DeletesAtOnce = 5;

    private PrunePlan _plan = plan;
    private long _removed;
    private long _removedBytes;

    public async Task<PruneResult> RunAsync(CancellationToken cancellationToken)
    {
        progress.Planned(_plan.Packs.Count(pack => pack.Fate is PackFate.Repack or PackFate.Remove));

        // No index names them: they can go at once, which makes room. As a last resort for a full disk, all unneeded packs do.
        var first = _plan.Of(PackFate.Remove).Where(pack => _plan.Options.PacksFirst || pack.Reason == PackReason.Unreferenced).ToList();
        await RemoveAsync(first, cancellationToken);

        using var writer = new RepackWriter(repository);
        var repacker = new Repacker(repository, _plan.Census!, writer, progress);
        var hadRoom = await TryRepackAsync(repacker, writer, cancellationToken);
        if (!hadRoom)
            _plan = _plan.WithoutRepacking();
        var copied = hadRoom ? _plan.Of(PackFate.Repack).Where(pack => repacker.Done.Contains(pack.Pack)).ToList() : [];

        var unneeded = _plan.Waits ? [] : copied;
        var gone = _plan.Of(PackFate.Remove).Where(pack => pack.Reason != PackReason.Unreferenced).Concat(unneeded).ToList();
        await RewriteIndexAsync(gone, hadRoom ? writer : null, repacker, cancellationToken);
        await RemoveAsync(gone.Except(first), cancellationToken);

        var waiting = _plan.Waits ? _plan.Of(PackFate.Wait).Concat(copied).ToList() : [];
        return new PruneResult
        {
            RemovedPacks = _removed,
            RemovedBytes = _removedBytes,
            RepackedPacks = copied.Count,
            NewPacks = hadRoom ? writer.Written.Count : 0,
            NewBytes = hadRoom ? writer.Bytes : 0,
            WaitingPacks = waiting.Count,
            WaitingBytes = waiting.Sum(pack => pack.StoredBytes),
            HadNoRoomToRepack = !hadRoom,
            Damaged = repacker.Damaged,
        };
    }

    /// <summary>False when the store has no room for new packs: those that were begun are taken away again, and the rest of the plan can go on.</summary>
    private async Task<bool> TryRepackAsync(Repacker repacker, RepackWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await repacker.RunAsync(_plan.Of(PackFate.Repack), _plan.Options.ReadConcurrency, cancellationToken);
            return true;
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.NoRoom)
        {
            repository.Options.OnNotice?.Invoke($"Nothing is repacked, as there is no room for new packs; what is not needed at all is still removed. ({e.Message})");
            foreach (var pack in writer.Begun)
                await repository.Store.DeleteAsync(new ObjectName(ObjectKind.Data, pack), cancellationToken);
            return false;
        }
    }

    private Task RewriteIndexAsync(List<PackDecision> gone, RepackWriter? writer, Repacker repacker, CancellationToken cancellationToken)
    {
        // A pack that could not be copied stays, without a mark.
        var failed = _plan.Of(PackFate.Repack).Select(pack => pack.Pack).Where(pack => !repacker.Done.Contains(pack)).ToHashSet();
        var after = _plan with { Marks = _plan.Marks.Where(mark => !failed.Contains(mark.Key)).ToDictionary() };
        var forgotten = _plan.Options.Beside ? [] : _plan.Of(PackFate.Forget);
        return new IndexRewriter(repository).RewriteAsync(
            gone.Concat(forgotten).Select(pack => pack.Pack).ToHashSet(), writer?.Written ?? [], after.MarksAreAsBefore ? null : after.Marks, cancellationToken);
    }

    private async Task RemoveAsync(IEnumerable<PackDecision> packs, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(packs, parallel, async (pack, token) =>
        {
            await repository.Store.DeleteAsync(new ObjectName(ObjectKind.Data, pack.Pack), token);
            Interlocked.Increment(ref _removed);
            Interlocked.Add(ref _removedBytes, pack.StoredBytes);
            progress.StepDone();
        });
    }
}
