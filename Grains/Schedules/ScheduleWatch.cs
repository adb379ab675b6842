using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Schedules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Schedules;

/// <summary>Keeps every partition at work: from the silo's start on, and again after the death of the silo that one was on. The partitions' reminders are the second net.</summary>
internal sealed partial class ScheduleWatch(
    IGrainFactory grains, IOptions<ScheduleOptions> options, IHostApplicationLifetime host, TimeProvider clock, ILogger<ScheduleWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await HasStartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.WatchEvery, clock);
        do
        {
            try
            {
                await Task.WhenAll(Enumerable.Range(0, SchedulePartitions.Count).Select(p => grains.Get(new SchedulePartitionKey(p)).WakeAsync()));
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogWatchFailed(fault, options.Value.WatchEvery);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "ScheduleWatchFailed: next try in {Every}.")]
    private partial void LogWatchFailed(Exception fault, TimeSpan every);
}
