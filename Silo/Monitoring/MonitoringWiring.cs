namespace BackupOnline.Silo.Monitoring;

/// <summary>Counts what the shelf answers, and serves the counts.</summary>
internal static class MonitoringWiring
{
    public static void AddMonitoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiloMeters>();
        builder.Services.AddHostedService<MetricsServer>();
    }

    public static void UseMeters(this WebApplication app)
    {
        var (meters, time) = (app.Services.GetRequiredService<SiloMeters>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (http, next) =>
        {
            var since = time.GetTimestamp();
            try
            {
                await next(http);
            }
            finally
            {
                meters.Answered(http, time.GetElapsedTime(since));
            }
        });
    }
}
