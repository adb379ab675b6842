using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Commands;

/// <summary>One prune under the lock that the caller holds: plan, show, perform, show. For prune and forget --prune.</summary>
internal static class PruneWork
{
    public static async Task<int> RunAsync(
        CommandContext context, Repository repository, PruneOptions options, bool dryRun, bool withSummaryLine, CancellationToken cancellation)
    {
        var (code, _) = await PlanAndPerformAsync(context, repository, options, dryRun, withSummaryLine, cancellation);
        return code;
    }

    public static async Task<(int Code, PrunePlan Plan)> PlanAndPerformAsync(
        CommandContext context, Repository repository, PruneOptions options, bool dryRun, bool withSummaryLine, CancellationToken cancellation)
    {
        var screen = context.Screen;
        var progress = new PruneProgress();
        PrunePlan plan;
        var (result, remnants) = (new PruneResult(), default(StoreRemnants));
        await using (new ProgressLoop(screen, () => ForScreen(progress), null))
        {
            if (!dryRun)
                remnants = await Pruner.RemoveRemnantsAsync(repository, cancellation);
            if (!remnants.IsNone)
                screen.Tell(PruneSentences.Remnants, remnants.Files, Quantity.Bytes(remnants.Bytes));
            plan = await Pruner.PlanAsync(repository, options, progress, cancellation);
            Show(screen, plan);
            if (!dryRun && !plan.ChangesNothing)
                result = await Pruner.PerformAsync(repository, plan, progress, cancellation);
        }

        foreach (var damaged in result.Damaged)
            screen.ItemFailed("prune", repository.Store.Location, damaged);
        if (withSummaryLine && screen.Json)
            screen.Line(Summary(plan, result, remnants, dryRun), AgentJson.Lines.PruneSummaryLine);
        Tell(screen, plan, result, dryRun);
        if (result.Damaged.Count == 0)
            return (ExitCode.Ok, plan);
        screen.Fatal(ExitCode.Integrity, screen.Speech.Say(PruneSentences.Damaged, result.Damaged.Count));
        return (ExitCode.Integrity, plan);
    }

    private static Progress ForScreen(PruneProgress progress) => new()
    {
        FilesDone = progress.StepsTotal > 0 ? progress.StepsDone : progress.Trees,
        FilesTotal = progress.StepsTotal,
        BytesDone = progress.BytesCopied,
    };

    private static void Show(Screen screen, PrunePlan plan)
    {
        var (repack, remove, wait) = (plan.Of(PackFate.Repack).ToList(), plan.Of(PackFate.Remove).ToList(), plan.Of(PackFate.Wait).ToList());
        screen.Tell(
            PruneSentences.Plan,
            plan.Snapshots,
            Quantity.Bytes(plan.UsedBytes),
            repack.Count,
            Quantity.Bytes(repack.Sum(pack => pack.UnusedBytes)),
            remove.Count,
            Quantity.Bytes(remove.Sum(pack => pack.StoredBytes)),
            wait.Count,
            Quantity.Bytes(wait.Sum(pack => pack.StoredBytes)),
            Quantity.Bytes(plan.UnusedBytesAfter));
        foreach (var pack in plan.Packs)
            screen.Detail(PruneSentences.PackLine, pack.Pack.ToShortString(), pack.Fate, pack.Reason, Quantity.Bytes(pack.StoredBytes), Quantity.Bytes(pack.UnusedBytes));
    }

    private static void Tell(Screen screen, PrunePlan plan, PruneResult result, bool dryRun)
    {
        if (dryRun)
            screen.Tell(RunSentences.DryRun);
        else if (plan.ChangesNothing)
            screen.Tell(PruneSentences.NothingToDo);
        else
            screen.Tell(PruneSentences.Done, result.RemovedPacks, Quantity.Bytes(result.RemovedBytes), result.NewPacks, Quantity.Bytes(result.NewBytes));
        if (result.WaitingPacks > 0)
            screen.Tell(PruneSentences.Waiting, result.WaitingPacks, Quantity.Bytes(result.WaitingBytes), plan.Options.Grace);
    }

    private static PruneSummaryLine Summary(PrunePlan plan, PruneResult result, StoreRemnants remnants, bool dryRun) => new()
    {
        DryRun = dryRun,
        Snapshots = plan.Snapshots,
        PacksKept = plan.Of(PackFate.Keep).Count(),
        PacksRepacked = dryRun ? plan.Of(PackFate.Repack).Count() : result.RepackedPacks,
        PacksRemoved = dryRun ? plan.Of(PackFate.Remove).Count() : result.RemovedPacks,
        PacksWaiting = dryRun ? plan.Of(PackFate.Wait).Count() : result.WaitingPacks,
        PacksNew = result.NewPacks,
        BytesRemoved = dryRun ? plan.Of(PackFate.Remove).Sum(pack => pack.StoredBytes) : result.RemovedBytes,
        BytesWaiting = dryRun ? plan.Of(PackFate.Wait).Sum(pack => pack.StoredBytes) : result.WaitingBytes,
        BytesNew = result.NewBytes,
        BytesUsed = plan.UsedBytes,
        BytesUnused = plan.UnusedBytesAfter,
        RemnantFiles = remnants.Files,
        RemnantBytes = remnants.Bytes,
    };
}
