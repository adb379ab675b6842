using BackupOnline.Silo.Cluster;
using BackupOnline.Silo.Database;
using BackupOnline.Silo.Settings;

namespace BackupOnline.Silo.Health;

/// <summary>The one line that says who started, where it listens, and where its things lie.</summary>
internal static partial class StartUpLine
{
    public static void AnnounceWhenStarted(this WebApplication app, SiloSettings settings, DatabaseSession database)
    {
        var ports = app.Services.GetService<SiloPorts>();
        var cluster = ports is null ? "none" : $"{settings.Cluster}:{ports.Silo}, gateway {settings.Cluster}:{ports.Gateway}";
        app.Lifetime.ApplicationStarted.Register(() =>
            LogStarted(app.Logger, settings.Node, settings.Roles, settings.Hosts(SiloRoles.Shelf) ? string.Join(' ', app.Urls) : "none", cluster, settings.DataFolder, database.Description));
        app.Lifetime.ApplicationStopping.Register(() => LogStopping(app.Logger, settings.Node));
    }

    [LoggerMessage(1, LogLevel.Information, "SiloStarted: {Node} ({Roles}); shelf {Shelf}; silo {Cluster}; data {Data}; database: {Database}.")]
    private static partial void LogStarted(ILogger log, string node, SiloRoles roles, string shelf, string cluster, string data, string database);

    [LoggerMessage(2, LogLevel.Information, "SiloStopping: {Node}.")]
    private static partial void LogStopping(ILogger log, string node);
}
