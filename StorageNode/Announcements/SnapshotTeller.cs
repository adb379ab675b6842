using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Announcements;

/// <summary>Tells Vault grains of snapshots at least once (decision 24): at arrival, and the whole lists at start and hourly.</summary>
internal sealed partial class SnapshotTeller(
    IOptions<ShelfOptions> options, IGrainFactory grains, News news, VaultRegister vaults, DiskCrew crew, TimeProvider clock, ILogger<SnapshotTeller> logger)
    : BackgroundService
{
    private const int Page = 1000;
    private static readonly TimeSpan WholeListsEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hour = Task.CompletedTask;
        for (var retry = FirstRetry; ;)
        {
            if (hour.IsCompletedSuccessfully)
            {
                foreach (var vault in await vaults.OnDiskAsync())
                    news.TellAll(vault.Key);

                hour = Task.Delay(WholeListsEvery, clock, stoppingToken);
            }

            await Task.WhenAny(news.ArrivedAsync(), hour).WaitAsync(stoppingToken);
            if (await TellAsync(stoppingToken))
            {
                retry = FirstRetry;
                continue;
            }

            await Task.Delay(retry, clock, stoppingToken);
            retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
        }
    }

    /// <summary>False when something has to be told again.</summary>
    private async Task<bool> TellAsync(CancellationToken cancellation)
    {
        var allTold = true;
        var (arrivals, wholeLists) = news.TakeArrivals();
        foreach (var (key, waiting) in arrivals)
        {
            if (!await TryTellAsync(key, waiting, cancellation))
            {
                news.Add(key, waiting);
                allTold = false;
            }
        }

        foreach (var key in wholeLists)
        {
            if (!await TryTellAsync(key, null, cancellation))
            {
                news.TellAll(key);
                allTold = false;
            }
        }

        return allTold;
    }

    private async Task<bool> TryTellAsync(VaultKey key, IReadOnlyList<SnapshotArrival>? arrivals, CancellationToken cancellation)
    {
        try
        {
            foreach (var page in (arrivals ?? await WholeListAsync(key)).Chunk(Page))
            {
                var reply = await grains.Get(key).AnnounceSnapshotsAsync(new() { Node = options.Value.Node, Snapshots = [.. page] }, cancellation);
                if (reply.Refusal is { Kind: RefusalKind.Unavailable })
                    return false;

                if (reply.Refusal is { } refusal)
                {
                    LogRefused(key, refusal.Code, refusal.Advice);
                    return true;
                }
            }

            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNotTold(key, e);
            return false;
        }
    }

    private async Task<ImmutableArray<SnapshotArrival>> WholeListAsync(VaultKey key)
    {
        var vault = await vaults.OpenAsync(key);
        return await crew.RunAsync<ImmutableArray<SnapshotArrival>>(() =>
        [
            .. from file in vault.Folder.List(ObjectType.Snapshots)
               let id = ObjectId.Named(ObjectType.Snapshots, file.Name)
               let note = vault.ReadNote(id)
               select new SnapshotArrival { Snapshot = file.Name, ReceivedAt = vault.ReceivedAt(id, note), Bytes = file.Bytes, KeyId = note?.KeyId },
        ]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Snapshots not told yet, kept for the next try: {Vault}")]
    private partial void LogNotTold(VaultKey vault, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Snapshots refused by their vault: {Vault} {Code} {Advice}")]
    private partial void LogRefused(VaultKey vault, string code, string advice);
}
