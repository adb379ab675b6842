namespace BackupOnline.Silo.Health;

/// <summary>Two answers for supervisors: the process lives; it takes part in the cluster. The database is not asked: the shelf goes on without it.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", (IServiceProvider services) =>
            services.GetService<ISiloStatusOracle>() is not { } silo || silo.CurrentStatus == SiloStatus.Active
                ? Results.Text("ready")
                : Results.Text("starting or stopping", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
