using System.Globalization;
using System.Net;
using BackupOnline.Persistence.Embedded;
using BackupOnline.Silo.Settings;
using Prometheus;

namespace BackupOnline.Silo.Monitoring;

/// <summary>
/// <c>/metrics</c> of a silo: on a loopback port of its own, as the shelf's port is open to agents. The address is in <c>run/{node}.metrics</c>, and the same after a
/// restart unless another program took the port meanwhile. A collector of another machine comes through an agent or a tunnel.
/// </summary>
internal sealed partial class MetricsServer(SiloSettings settings, SiloMeters meters, ILogger<MetricsServer> log) : IHostedService, IDisposable
{
    private KestrelMetricServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(settings.Run, $"{settings.Node}.metrics");
        var port = Known(path) is { } known && FreePort.IsFree(known) ? known : FreePort.Choose();
        try
        {
            _server = new KestrelMetricServer(new KestrelMetricServerOptions { Hostname = IPAddress.Loopback.ToString(), Port = (ushort)port, Registry = meters.Registry });
            _server.Start();
            PrivateFile.Write(path, string.Create(CultureInfo.InvariantCulture, $"http://{IPAddress.Loopback}:{port}/metrics\n"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            // A node is there for backups: it does so without being watched, too.
            LogNotServed(fault.Message);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync() ?? Task.CompletedTask;

    public void Dispose() => (_server as IDisposable)?.Dispose();

    private static int? Known(string path) =>
        File.Exists(path) && Uri.TryCreate(File.ReadAllText(path).Trim(), UriKind.Absolute, out var address) ? address.Port : null;

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "Metrics are not served: {Reason}")]
    private partial void LogNotServed(string reason);
}
