namespace BackupOnline.Client.Cluster;

/// <summary>The silo may come later, and PostgreSQL may be away for a while: the door keeps trying until it is stopped.</summary>
internal sealed partial class ConnectForever(TimeProvider time, ILogger<ConnectForever> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private int attempts;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // The first time, then twice a minute.
        if (attempts++ % 30 == 0)
            LogNoSilo(exception.GetType().Name, exception.Message);
        try
        {
            await Task.Delay(Pause, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 1111, Level = LogLevel.Warning, Message = "No silo reached yet: {Kind}, {Reason}; trying again every second")]
    private partial void LogNoSilo(string kind, string reason);
}
