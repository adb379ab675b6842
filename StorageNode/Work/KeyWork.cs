using BackupOnline.Engine.Repositories;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Keys;

namespace BackupOnline.StorageNode.Work;

/// <summary>
/// Makes a hot vault's key and repository, and seals the key for those whom the vault names. The wrapped key is with the vault before anything is made with it,
/// so that no repository is ever left that nobody can open.
/// </summary>
internal sealed class KeyWork(HotVaults hot, KeyService keys, DiskCrew crew) : INodeWork
{
    public NodeWorkKind Kind => NodeWorkKind.Keys;

    public async Task<WorkResult> RunAsync(VaultKey vault, CancellationToken cancellation)
    {
        var grain = hot.Grain(vault);
        var asked = await grain.StorageOrderAsync(hot.Node, cancellation);
        if (!asked.Succeeded)
            return WorkFaults.Of(asked.Refusal);

        var order = asked.Value;
        if (order.Key is null)
        {
            var (_, made) = await crew.RunAsync(() => keys.Make(vault));
            var kept = await grain.KeepWrappedKeyAsync(new() { Node = hot.Node, Key = made }, cancellation);
            if (!kept.Succeeded)
                return WorkFaults.Of(kept.Refusal);
            order = kept.Value;
        }

        var password = await hot.UnwrapAsync(vault, order.Key!, cancellation);
        if (!order.Ready)
            await MakeRepositoryAsync(vault, order, password, cancellation);
        if (order.Ready && order.Seals.IsEmpty)
            return WorkResult.Done;

        var seals = order.Seals.Select(wanted => new SealMade { For = wanted, Sealed = KeyService.Seal(password, wanted.PublicKey) });
        var told = await grain.ReportKeyWorkAsync(new() { Node = hot.Node, Seals = [.. seals] }, cancellation);
        return told.Succeeded ? WorkResult.Done : WorkFaults.Of(told.Refusal);
    }

    private async Task MakeRepositoryAsync(VaultKey vault, StorageOrder order, string password, CancellationToken cancellation)
    {
        using var store = await hot.StoreAsync(vault, order);
        var options = hot.RepositoryOptions(vault);
        try
        {
            await using var made = await Repository.InitAsync(store, password, options, cancellation);
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.RepositoryExists)
        {
            // Ours, from an earlier attempt, or somebody else's: its key tells.
            await using var there = await Repository.OpenAsync(store, password, options, cancellation);
        }
    }
}
