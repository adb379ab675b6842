namespace BackupOnline.Silo.Health;

/// <summary>A start that fails half way ends like a stop: what had started leaves the cluster while everything that it needs is still there.</summary>
internal static class CleanStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task StartOrStopAsync(this WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            // The fault of the start is what the user has to hear; one of the stop is in the log.
            using var patience = new CancellationTokenSource(Patience, app.Services.GetRequiredService<TimeProvider>());
            await app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
