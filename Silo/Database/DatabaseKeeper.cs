using BackupOnline.Persistence.Embedded;

namespace BackupOnline.Silo.Database;

/// <summary>Starts the private database again when its server has died under us. What it must not do is end the silo.</summary>
internal sealed partial class DatabaseKeeper(EmbeddedDatabase database, TimeProvider time, ILogger<DatabaseKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await database.EnsureRunningAsync(stoppingToken))
                    LogRestarted(database.Port);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, Every);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "DatabaseRestarted: the private PostgreSQL had died and runs again on port {Port}.")]
    private partial void LogRestarted(int port);

    [LoggerMessage(2, LogLevel.Error, "DatabaseNotRestarted: next try in {Every}.")]
    private partial void LogFailed(Exception fault, TimeSpan every);
}
