using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Persistence.Schedules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Schedules;

/// <summary><c>/schedules</c>: what happens by itself and when, for operators.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this ApiGroups api) =>
        api.Root.MapGroup("/schedules").WithTags("Schedules").RequireAuthorization(Policies.Operator)
            .MapGet("/", ListAsync).Named("listSchedules", "Lists what is due by itself, by id: when next, what became of the last time, what failed");

    private static async Task<Results<Ok<Page<ScheduleEntry>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ScheduleQuery query, [AsParameters] PageQuery page, HttpContext http, ScheduleListing schedules, TimeProvider clock)
    {
        if ((page.Fault() ?? query.Fault()) is { } fault)
            return fault;
        var entries = await schedules.PageAsync(query.ToFilter(clock.GetUtcNow()), page.After, page.Size + 1, http.RequestAborted);
        return TypedResults.Ok(new Page<ScheduleEntry> { Items = [.. entries.Take(page.Size)], Next = entries.Count > page.Size ? entries[page.Size - 1].Id : null });
    }
}
