using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Names;
using Orleans.Dashboard;

namespace BackupOnline.Client.Dashboards;

/// <summary><c>/dashboard</c>: Orleans' own page. It has no door of its own, and shows the state of grains: operators only, and each hour's look is in the provider's log.</summary>
internal static class DashboardEndpoints
{
    public static void MapDashboard(this WebApplication app)
    {
        var reads = app.Services.GetRequiredService<OperatorReads>();
        var dashboard = app.MapOrleansDashboard("/dashboard").RequireAuthorization(Policies.Dashboard).ExcludeFromDescription();
        dashboard.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            await reads.NoteAsync(Visitor.Of(http), LogKey.Provider, "dashboard", CallerOf.Address(http), http.RequestAborted);
            return await next(context);
        });
    }
}
