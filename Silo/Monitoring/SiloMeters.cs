using System.Globalization;
using System.Reflection;
using BackupOnline.Silo.Settings;
using Prometheus;

namespace BackupOnline.Silo.Monitoring;

/// <summary>What this node counts of itself since its start. No tenant and no vault is named: those figures are at the door, for the provider.</summary>
internal sealed class SiloMeters
{
    private readonly Counter requests;
    private readonly Histogram durations;
    private readonly Counter refusals;
    private readonly string folder;

    public SiloMeters(SiloSettings settings)
    {
        folder = settings.DataFolder;
        DotNetStats.Register(Registry);
        var factory = Metrics.WithCustomRegistry(Registry);
        factory.CreateGauge("backuponline_build_info", "Version of this process; always 1.", "component", "version")
            .WithLabels("silo", Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)).Set(1);
        factory.CreateGauge("backuponline_node_up", "1 while the node answers; no sample when it does not.", "node").WithLabels(settings.Node).Set(1);
        requests = factory.CreateCounter("backuponline_shelf_requests_total", "Requests that the shelf has answered, by kind of object.", "method", "type", "status");
        durations = factory.CreateHistogram(
            "backuponline_shelf_request_duration_seconds",
            "Time to answer a request, its body included.",
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 14) });
        refusals = factory.CreateCounter("backuponline_auth_failures_total", "Credentials that were not let in: wrong ones, and those that were not judged because their address had shown too many.", "outcome");
        foreach (var outcome in (string[])["wrong", "throttled"])
            refusals.WithLabels(outcome);
        var capacity = factory.CreateGauge("backuponline_disk_capacity_bytes", "Size of the file system of the data folder.");
        var free = factory.CreateGauge("backuponline_disk_free_bytes", "Free bytes of it, the shelf's reserve included.");
        Registry.AddBeforeCollectCallback(() =>
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            capacity.Set(drive.TotalSize);
            free.Set(drive.AvailableFreeSpace);
        });
    }

    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Answered(HttpContext http, TimeSpan duration)
    {
        var status = http.Response.StatusCode;
        requests.WithLabels(Word(http.Request.Method), TypeOf(http.Request.Path.Value ?? ""), status.ToString(CultureInfo.InvariantCulture)).Inc();
        durations.Observe(duration.TotalSeconds);
        if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)
            refusals.WithLabels(status == StatusCodes.Status401Unauthorized ? "wrong" : "throttled").Inc();
    }

    private static string Word(string method) => method is "GET" or "HEAD" or "POST" or "DELETE" ? method : "other";

    private static string TypeOf(string path)
    {
        var parts = path.Split('/', 5);
        var type = parts.Length < 4 ? "" : parts[3];
        return type is "config" or "data" or "index" or "keys" or "locks" or "snapshots" ? type : parts is ["", "health", ..] ? "health" : "other";
    }
}
