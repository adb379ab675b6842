using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Locks;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.StorageNode.Pruning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Work;

/// <summary>Forgets what the vault ordered, by name, prunes, and tells the vault.</summary>
internal sealed partial class PruneWork(HotVaults hot, IOptions<ShelfOptions> options, ILogger<PruneWork> logger) : INodeWork
{
    public NodeWorkKind Kind => NodeWorkKind.Prune;

    public async Task<WorkResult> RunAsync(VaultKey vault, CancellationToken cancellation)
    {
        var grain = hot.Grain(vault);
        var asked = await grain.StorageOrderAsync(hot.Node, cancellation);
        if (!asked.Succeeded)
            return WorkFaults.Of(asked.Refusal);

        var order = asked.Value;
        if (order is not { Key: { } wrapped, Ready: true })
            return WorkResult.Failed("key-not-ready", "The vault's repository is not made yet.");

        var password = await hot.UnwrapAsync(vault, wrapped, cancellation);
        using var store = await hot.StoreAsync(vault, order);
        var prune = new ForgetAndPrune(store, password, hot.RepositoryOptions(vault), new LockOptions { RetryFor = options.Value.PruneLockPatience });
        var forget = order.Forget.Select(snapshot => ObjectId.Parse(snapshot.Snapshot)).ToHashSet();

        // Told at least once: what is not taken now is forgotten again, and told again, by the next run.
        var report = await prune.RunAsync(
            forget,
            token => forget.Count == 0
                ? Task.CompletedTask
                : grain.ReportForgottenAsync(new() { Node = hot.Node, Snapshots = [.. order.Forget.Select(snapshot => snapshot.Snapshot)] }, token),
            cancellation);
        LogPruned(vault, forget.Count, report.Snapshots, report.RemovedPacks, report.RemovedBytes);
        var told = await grain.ReportPrunedAsync(
            new()
            {
                Node = hot.Node,
                Snapshots = report.Snapshots,
                RemovedPacks = report.RemovedPacks,
                RemovedBytes = report.RemovedBytes,
                RepackedPacks = report.RepackedPacks,
            },
            cancellation);
        return told.Succeeded ? WorkResult.Done : WorkFaults.Of(told.Refusal);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "VaultPruned {Vault}: {Forgotten} snapshots forgotten, {Kept} kept, {Packs} packs with {Bytes} bytes hidden")]
    private partial void LogPruned(VaultKey vault, int forgotten, int kept, long packs, long bytes);
}
