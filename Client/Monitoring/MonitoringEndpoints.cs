using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Monitoring;

/// <summary>
/// <c>/metrics</c> in Prometheus' text form. It names tenants, so it is for the provider alone: an operator's key, as a bearer token or as the password of HTTP Basic.
/// Not for loopback without a key: behind a proxy on the same machine everybody comes from there.
/// </summary>
internal static class MonitoringEndpoints
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void AddMonitoring(this WebApplicationBuilder builder) => builder.Services.AddSingleton<DoorMeters>().AddSingleton<ServiceMeters>();

    /// <summary>Counts every answer. Stands outside of what makes problems of exceptions, to see what was sent.</summary>
    public static void UseMeters(this WebApplication app)
    {
        var (meters, time) = (app.Services.GetRequiredService<DoorMeters>(), app.Services.GetRequiredService<TimeProvider>());
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

    public static void MapMetrics(this WebApplication app) =>
        app.MapGet("/metrics", AnswerAsync).RequireAuthorization(Policies.Dashboard).ExcludeFromDescription();

    private static async Task AnswerAsync(HttpContext http, DoorMeters meters, ServiceMeters service, OperatorReads reads)
    {
        await reads.NoteAsync(Visitor.Of(http), LogKey.Provider, "metrics", CallerOf.Address(http), http.RequestAborted);
        var figures = await service.ReadAsync(http.RequestAborted);
        http.Response.ContentType = ContentType;
        await meters.Registry.CollectAndExportAsTextAsync(http.Response.Body, http.RequestAborted);
        await figures.CollectAndExportAsTextAsync(http.Response.Body, http.RequestAborted);
    }
}
