using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Persistence.Traffic;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Traffic;

/// <summary><c>/tenants/{tenant}/traffic</c>: contract article 7.</summary>
internal static class TrafficEndpoints
{
    private const int SlotSeconds = 300;

    public static void MapTraffic(this ApiGroups api)
    {
        var traffic = api.Tenant.MapGroup("/traffic").WithTags("Traffic");
        traffic.MapGet("/{month}", ReadAsync).RequireAuthorization(Policies.ReaderOrHost).Named("readTraffic", "Reads a month: percentile, credits, forecast, burst of this and the next month");
        traffic.MapGet("/{month}/samples", SamplesAsync).RequireAuthorization(Policies.ReaderOrHost)
            .Produces<Page<SampleView>>()
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson")
            .Named("listTrafficSamples", "Lists the raw samples, oldest first; with format=csv or jsonl the whole month at once");
        traffic.MapGet("/{month}/statement", StatementAsync).RequireAuthorization(Policies.ReaderOrHost).Named("readTrafficStatement", "The statement: the rule in words, the ranked curve, the deciding slot, the jobs above it");
        traffic.MapGet("/{month}/curve.svg", PictureAsync).RequireAuthorization(Policies.ReaderOrHost)
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml")
            .Named("drawTrafficCurve", "The ranked curve with the limit, as a picture");
        traffic.MapPost("/{month}/corrections", CorrectAsync).RequireAuthorization(Policies.Operator).Named("correctTraffic", "Corrects a sealed month in the customer's favour");
        traffic.MapPut("/burst", SetBurstAsync).RequireAuthorization(Policies.Operator).Named("setBurst", "Sets a customer's burst; less applies from the next month only");

        var policies = api.Root.MapGroup("/traffic-policies").WithTags("Traffic").RequireAuthorization(Policies.Operator);
        policies.MapGet("/", PoliciesAsync).Named("listTrafficPolicies", "Lists the settings of traffic, oldest first");
        policies.MapPost("/", SetPolicyAsync).Named("setTrafficPolicy", "Sets the settings from the next month on, or from a later one");
    }

    private static async Task<Results<Ok<TrafficMonthView>, ProblemHttpResult>> ReadAsync(string tenant, string month, HttpContext http, ClusterCalls cluster) =>
        Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).MonthAsync(month, CancellationToken.None), http.RequestAborted));

    private static async Task<Results<Ok<TrafficStatement>, ProblemHttpResult>> StatementAsync(string tenant, string month, HttpContext http, ClusterCalls cluster) =>
        Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).StatementAsync(month, CancellationToken.None), http.RequestAborted));

    private static async Task<IResult> PictureAsync(string tenant, string month, HttpContext http, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).StatementAsync(month, CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Text(CurvePicture.Draw(reply.Value), "image/svg+xml", Encoding.UTF8) : Problem.From(reply.Refusal);
    }

    private static async Task<IResult> SamplesAsync(
        string tenant, string month, string? format, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster, TrafficSamples samples)
    {
        if (page.Fault() is { } fault)
            return fault;
        if (format is not (null or "json" or "csv" or "jsonl"))
            return Problem.Invalid([new("format", "must be one of: json, csv, jsonl.")]);
        if (!TryPlace(page.After, out var after))
            return Problem.Invalid([new("after", "must be the 'next' of the page before.")]);
        var reply = await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).MonthAsync(month, CancellationToken.None), http.RequestAborted);
        if (!reply.Succeeded)
            return Problem.From(reply.Refusal);
        var (from, to) = (SlotOf(reply.Value.StartsAt), SlotOf(reply.Value.EndsAt));
        if (format is null or "json")
            return TypedResults.Ok(await PageOfAsync(samples.StreamAsync(tenant, from, to, after, page.Size + 1, http.RequestAborted), page.Size));

        var rows = samples.StreamAsync(tenant, from, to, null, null, http.RequestAborted);
        var name = $"traffic-{tenant}-{reply.Value.Month}.{format}";
        return format == "csv"
            ? TypedResults.Stream(output => SampleExport.WriteCsvAsync(output, rows, http.RequestAborted), "text/csv; charset=utf-8", name)
            : TypedResults.Stream(output => SampleExport.WriteJsonLinesAsync(output, rows, http.RequestAborted), "application/x-ndjson", name);
    }

    private static async Task<Results<Created<TrafficCorrectionView>, Ok<TrafficCorrectionView>, ProblemHttpResult>> CorrectAsync(
        string tenant, string month, CorrectionBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new CorrectTraffic { Caller = CallerOf.Request(http), Month = month, P95Bytes = body.P95Bytes, Reason = body.Reason };
        var reply = await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).CorrectAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/traffic/{month}");
    }

    private static async Task<Results<Ok<BurstOverrideView>, ProblemHttpResult>> SetBurstAsync(string tenant, SetBurstBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new SetBurst { Caller = CallerOf.Request(http), BurstKbps = body.BurstKbps, Reason = body.Reason };
        return Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).SetBurstAsync(request, CancellationToken.None), http.RequestAborted));
    }

    private static async Task<Results<Ok<Page<TrafficPolicyView>>, ProblemHttpResult>> PoliciesAsync([AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new TrafficOfficeKey()).PoliciesAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded
            ? TypedResults.Ok(page.Of(reply.Value.Items, item => item.Version.ToString(CultureInfo.InvariantCulture)))
            : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Created<TrafficPolicyView>, Ok<TrafficPolicyView>, ProblemHttpResult>> SetPolicyAsync(SetPolicyBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new SetTrafficPolicy { Caller = CallerOf.Request(http), FromMonth = body.FromMonth, Settings = body.Settings, Reason = body.Reason };
        var reply = await cluster.AskAsync(grains => grains.Get(new TrafficOfficeKey()).SetPolicyAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, "/traffic-policies");
    }

    private static async Task<Page<SampleView>> PageOfAsync(IAsyncEnumerable<SampleRow> rows, int size)
    {
        var items = new List<SampleView>(size + 1);
        await foreach (var row in rows)
            items.Add(SampleView.Of(row));

        // One more than asked tells whether there is a next page.
        var more = items.Count > size;
        ImmutableArray<SampleView> shown = [.. items.Take(size)];
        return new() { Items = shown, Next = more ? string.Create(CultureInfo.InvariantCulture, $"{shown[^1].Slot}/{shown[^1].Node}/{shown[^1].Boot}") : null };
    }

    private static bool TryPlace(string? after, out (int Slot, string Node, string Boot)? place)
    {
        place = null;
        if (string.IsNullOrEmpty(after))
            return true;
        if (after.Split('/') is not [var slot, var node, var boot] || !int.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        place = (number, node, boot);
        return true;
    }

    private static int SlotOf(DateTimeOffset edge) => (int)(edge.ToUnixTimeSeconds() / SlotSeconds);
}
