using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Disks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Vaults;

/// <summary>Removes hidden objects for good when their vault's immutability window has passed (decision 17). A clock that jumped removes nothing.</summary>
internal sealed partial class Reaper(IOptions<ShelfOptions> options, VaultRegister vaults, DiskCrew crew, TimeProvider clock, ILogger<Reaper> logger) : BackgroundService
{
    // A wall clock that runs away from the machine's own by more than this is not trusted with deletions.
    private static readonly TimeSpan MostDrift = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (startWall, startTicks) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var timer = new PeriodicTimer(options.Value.ReapEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var drift = clock.GetUtcNow() - startWall - clock.GetElapsedTime(startTicks);
            if (drift.Duration() > MostDrift)
            {
                LogDrift(drift);
                continue;
            }

            foreach (var vault in await vaults.OnDiskAsync())
                await ReapAsync(vault);
        }
    }

    private async Task ReapAsync(Vault vault)
    {
        try
        {
            if (await crew.RunAsync(vault.Reap) is > 0 and var reaped)
                LogReaped(vault.Key, reaped);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotReaped(vault.Key, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Clock jumped, nothing hidden is removed: {Drift} since the start; set the clock right, or restart the shelf when it is right")]
    private partial void LogDrift(TimeSpan drift);

    [LoggerMessage(Level = LogLevel.Information, Message = "Hidden objects removed after their window: {Vault} {Objects}")]
    private partial void LogReaped(VaultKey vault, int objects);

    [LoggerMessage(Level = LogLevel.Error, Message = "Hidden objects not removed, tried again later: {Vault}")]
    private partial void LogNotReaped(VaultKey vault, Exception e);
}
