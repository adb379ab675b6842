namespace BackupOnline.Client.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Ok(new HealthView("live"))).WithName("live").WithSummary("The process answers");
        health.MapGet("/ready", (Readiness readiness) => readiness.AnswerAsync())
            .Produces<HealthView>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("ready")
            .WithSummary("Database and silos answer too");
    }
}
