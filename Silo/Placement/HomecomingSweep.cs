using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Queries;
using Orleans.Core.Internal;

namespace BackupOnline.Silo.Placement;

/// <summary>
/// Placement happens only at activation: grains of this node's vaults that woke elsewhere while it was away, or before their vault had a node, are told
/// to come home when they are idle. At start, when silos come or go, and every few minutes.
/// </summary>
internal sealed partial class HomecomingSweep(
    string node, VaultPlacement placement, IGrainFactory grains, ILocalSiloDetails self, IClusterMembershipService membership, TimeProvider time, ILogger<HomecomingSweep> log)
    : BackgroundService
{
    private const int PageSize = 500;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    // Silos come in groups, and a new one's metadata takes a moment to be known everywhere.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Settling, time, stoppingToken);
            var seen = membership.CurrentSnapshot.Version;
            try
            {
                var called = await SweepAsync(stoppingToken);
                if (called > 0)
                    LogCalledHome(called, node);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(fault, Every);
            }

            await ChangeAsync(seen, stoppingToken);
        }
    }

    private async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var called = 0;
        VaultKey? last = null;
        while (true)
        {
            var page = await placement.VaultsOfAsync(node, last, PageSize, cancellation);
            foreach (var key in page)
            {
                var vault = grains.Get(key);
                if (await management.GetActivationAddress(vault, cancellation) is not { } address || address.Equals(self.SiloAddress))
                    continue;
                await vault.AsReference<IGrainManagementExtension>().MigrateOnIdle(cancellation);
                called++;
            }

            if (page.Count < PageSize)
                return called;
            last = page[^1];
        }
    }

    // Until the membership is another one than was seen, or the time is over.
    private async Task ChangeAsync(MembershipVersion seen, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(Every, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(either.Token))
            {
                if (snapshot.Version > seen)
                    return;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "VaultsCalledHome: {Count} vaults of {Node} were active elsewhere.")]
    private partial void LogCalledHome(int count, string node);

    [LoggerMessage(2, LogLevel.Warning, "HomecomingFailed: next try in {Every} or when a silo comes or goes.")]
    private partial void LogSweepFailed(Exception fault, TimeSpan every);
}
