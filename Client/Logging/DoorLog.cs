using BackupOnline.Client.Settings;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace BackupOnline.Client.Logging;

/// <summary>The door's operational log: readable on a terminal, JSON lines in a rolling file. The customers' log is another thing, in the database.</summary>
internal static class DoorLog
{
    private const long LargestFileBytes = 64 * 1024 * 1024;
    private const int FilesKept = 31;

    // Strings are quoted and escaped (no ':l'): what a stranger sends cannot forge a line.
    private const string TerminalForm = "{Timestamp:HH:mm:ss} {Level:u3} {Message}{NewLine}{Exception}";

    public static Serilog.Core.Logger Open(DoorSettings settings) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
        // A stop before the first silo was reached is no failure; a failure to start is told by Program.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
        .MinimumLevel.Override("BackupOnline.Client.Access.KeyScheme", LogEventLevel.Warning)
        .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
        // Says every second what ConnectForever says twice a minute.
        .MinimumLevel.Override("Orleans.Messaging.GatewayManager", LogEventLevel.Error)
        .MinimumLevel.Override("Orleans.Runtime.ClientClusterManifestProvider", LogEventLevel.Error)
        .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .WriteTo.Console(outputTemplate: TerminalForm, formatProvider: System.Globalization.CultureInfo.InvariantCulture)
        .WriteTo.File(
            new CompactJsonFormatter(),
            Path.Combine(settings.DataFolder, "logs", "door-.json"),
            rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: LargestFileBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: FilesKept,
            shared: true)
        .CreateLogger();

    /// <summary>One line per request: method, path, status, time; never headers, query or body.</summary>
    public static void UseRequestLog(this WebApplication app, Serilog.ILogger log) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = log;
        options.IncludeQueryInRequestPath = false;
        options.GetLevel = (http, _, fault) => fault is not null || http.Response.StatusCode >= 500 ? LogEventLevel.Warning
            : http.Request.Path.StartsWithSegments("/health") || http.Request.Path.StartsWithSegments("/dashboard") ? LogEventLevel.Debug
            : LogEventLevel.Information;
    });
}
