using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Traffic;

/// <summary>Wakes the traffic office once, so that its schedule stands before any node has reported.</summary>
internal sealed partial class TrafficOfficeStart(IGrainFactory grains, TimeProvider clock, ILogger<TrafficOfficeStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.Get(new TrafficOfficeKey()).PoliciesAsync(stoppingToken);
                return;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotWoken(fault, Pause);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "TrafficOfficeNotWoken: next try in {Pause}.")]
    private partial void LogNotWoken(Exception fault, TimeSpan pause);
}
