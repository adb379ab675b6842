using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Announcements;

/// <summary>Opens every vault of the disk at start (which counts it and removes leftovers), and tells usage at start and after changes, at most every 10 s.</summary>
internal sealed partial class UsageTeller(
    IOptions<ShelfOptions> options, IGrainFactory grains, News news, VaultRegister vaults, TimeProvider clock, ILogger<UsageTeller> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var vault in await vaults.OnDiskAsync())
            news.Changed(vault);

        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            foreach (var vault in news.TakeChanged())
            {
                if (!await TellAsync(vault, stoppingToken))
                    news.Changed(vault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TellAsync(Vault vault, CancellationToken cancellation)
    {
        var (bytes, objects) = vault.Usage.Stored;
        try
        {
            var report = new ReportUsage { Node = options.Value.Node, ObservedAt = clock.GetUtcNow(), StoredBytes = bytes, StoredObjects = objects };
            return (await grains.Get(vault.Key).ReportUsageAsync(report, cancellation)).Refusal is not { Kind: RefusalKind.Unavailable };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNotTold(vault.Key, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Usage not told yet, kept for the next try: {Vault}")]
    private partial void LogNotTold(VaultKey vault, Exception e);
}
