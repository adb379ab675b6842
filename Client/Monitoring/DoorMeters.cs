using System.Globalization;
using System.Reflection;
using Prometheus;

namespace BackupOnline.Client.Monitoring;

/// <summary>What this door counts of itself since its start. Labels are of bounded sets only: no tenant, no path as it was sent.</summary>
internal sealed class DoorMeters
{
    private readonly Counter requests;
    private readonly Histogram durations;
    private readonly Counter refusals;

    public DoorMeters()
    {
        DotNetStats.Register(Registry);
        var factory = Metrics.WithCustomRegistry(Registry);
        factory.CreateGauge("backuponline_build_info", "Version of this process; always 1.", "component", "version")
            .WithLabels("door", Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)).Set(1);
        requests = factory.CreateCounter("backuponline_http_requests_total", "Requests that the door has answered.", "method", "route", "status");
        durations = factory.CreateHistogram("backuponline_http_request_duration_seconds", "Time to answer a request, event streams left out.");
        refusals = factory.CreateCounter("backuponline_auth_failures_total", "Keys and codes that were not let in: wrong ones, and those that were not judged because their address had shown too many.", "outcome");
        foreach (var outcome in (string[])["wrong", "throttled"])
            refusals.WithLabels(outcome);
    }

    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Refused(bool throttled) => refusals.WithLabels(throttled ? "throttled" : "wrong").Inc();

    public void Answered(HttpContext http, TimeSpan duration)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        requests.WithLabels(Word(http.Request.Method), route, http.Response.StatusCode.ToString(CultureInfo.InvariantCulture)).Inc();
        if (http.Response.ContentType != "text/event-stream")
            durations.Observe(duration.TotalSeconds);
    }

    // A method can be any word that a stranger thinks of.
    private static string Word(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "other";
}
