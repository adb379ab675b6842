using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Log;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Audit;

/// <summary>Pokes every log that something waits for: pokes of grains may be lost, facts may not.</summary>
internal sealed partial class LogSweep(
    OutboxReader outbox, IGrainFactory grains, IOptions<LogSweepOptions> options, TimeProvider clock, ILogger<LogSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var scope in await outbox.WaitingScopesAsync(stoppingToken))
                {
                    await grains.Get(new LogKey(scope)).PokeAsync();
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(fault, options.Value.Every);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "LogSweepFailed: next try in {Every}.")]
    private partial void LogSweepFailed(Exception fault, TimeSpan every);
}
