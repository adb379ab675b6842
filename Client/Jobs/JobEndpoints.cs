using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BackupOnline.Client.Jobs;

/// <summary><c>/tenants/{tenant}/jobs</c> and <c>/jobs</c>: runs of agents.</summary>
internal static class JobEndpoints
{
    /// <summary>Room for the picture of a boot test.</summary>
    private const int LargestOutcome = 1 << 20;

    public static void MapJobs(this ApiGroups api)
    {
        var jobs = api.Tenant.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("/", ListAsync).RequireAuthorization(Policies.ReaderOrHost).Named("listJobs", "Lists runs, newest first; a host's key sees its own, so that a page may be shorter");
        jobs.MapGet("/{job}", ReadOfTenantAsync).RequireAuthorization(Policies.ReaderOrHost).Named("readTenantJob", "Reads a run");
        jobs.MapPost("/{job}/progress", ReportAsync).RequireAuthorization(Policies.Host).Named("reportProgress", "An agent tells how far its run is, and keeps it alive");
        jobs.MapPost("/{job}/outcome", FinishAsync).RequireAuthorization(Policies.Host).WithMetadata(new RequestSizeLimitAttribute(LargestOutcome)).Named("finishJob", "An agent tells how its run ended");

        var any = api.Root.MapGroup("/jobs").WithTags("Jobs").RequireAuthorization(Policies.ReaderOrHost);
        any.MapGet("/{job}", ReadAsync).Named("readJob", "Reads a run by its id alone");
        any.MapGet("/{job}/events", EventsAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .Named("watchJob", "Server-sent events: 'job' with the run at once and at each change, 'progress' in between; ends with the run");
    }

    private static async Task<Results<Ok<Page<JobView>>, ProblemHttpResult>> ListAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, Lists lists)
    {
        if (page.Fault() is { } fault)
            return fault;
        var found = await lists.PageNewestFirstAsync<JobView>(ListingKind.Job, tenant, page, http.RequestAborted);
        return TypedResults.Ok(Visitor.Of(http).Host is { } host ? found with { Items = [.. found.Items.Where(job => job.Host == host)] } : found);
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> ReadOfTenantAsync(string tenant, string job, HttpContext http, JobFinder finder) =>
        await finder.FindAsync(Visitor.Of(http), tenant, job, http.RequestAborted) is { } reply ? Answer.Of(http, reply) : Problem.Unknown("job");

    private static async Task<IResult> EventsAsync(string job, HttpContext http, JobFinder finder, TenantGate gate, JobEvents events)
    {
        var visitor = Visitor.Of(http);
        if (await finder.TenantOfAsync(visitor, job, http.RequestAborted) is not { } tenant || await gate.JudgeAsync(http, tenant) is not null)
            return Problem.Unknown("job");
        if (await finder.FindAsync(visitor, tenant, job, http.RequestAborted) is not { } reply)
            return Problem.Unknown("job");
        return reply.Succeeded ? await events.WatchAsync(http, visitor, reply.Value) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> ReadAsync(string job, HttpContext http, JobFinder finder, TenantGate gate)
    {
        var visitor = Visitor.Of(http);
        if (await finder.TenantOfAsync(visitor, job, http.RequestAborted) is not { } tenant || await gate.JudgeAsync(http, tenant) is not null)
            return Problem.Unknown("job");
        return await ReadOfTenantAsync(tenant, job, http, finder);
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> ReportAsync(
        string tenant, string job, ProgressBody body, HttpContext http, JobFinder finder, ClusterCalls cluster)
    {
        if (await finder.FindAsync(Visitor.Of(http), tenant, job, http.RequestAborted) is null)
            return Problem.Unknown("job");
        var request = new ReportProgress { Caller = CallerOf.Request(http), Attempt = body.Attempt, Progress = body.Progress };
        var reply = await cluster.AskAsync(grains => grains.Get(new JobKey(tenant, job)).ReportAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> FinishAsync(
        string tenant, string job, OutcomeBody body, HttpContext http, JobFinder finder, ClusterCalls cluster)
    {
        if (await finder.FindAsync(Visitor.Of(http), tenant, job, http.RequestAborted) is null)
            return Problem.Unknown("job");
        var request = new FinishJob
        {
            Caller = CallerOf.Request(http),
            Attempt = body.Attempt,
            ExitCode = body.ExitCode,
            Snapshot = body.Snapshot,
            Message = body.Message ?? "",
            Progress = body.Progress,
            Point = body.Point,
            Failure = body.Failure,
            Audit = body.Audit,
            Boot = body.Boot,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new JobKey(tenant, job)).FinishAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
