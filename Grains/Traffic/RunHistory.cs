using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>A tenant's backups of the last weeks: those that ended teach the forecast, those that run are what is to be sent.</summary>
internal sealed class RunHistory
{
    private const int PageSize = 500;
    private const int MostPages = 10;

    private readonly ILookup<(string Host, string Vault), DayVolume> _ended;
    private readonly LocalDate _today;

    private RunHistory(IReadOnlyList<JobView> jobs, Instant now, DateTimeZone zone)
    {
        _today = now.InZone(zone).Date;
        Running = [.. jobs.Where(job => job.Status == JobStatus.Running).OrderBy(job => job.StartedAt)];
        LastStart = jobs.Count == 0 ? null : Instant.FromDateTimeOffset(jobs.Max(job => job.StartedAt));
        _ended = jobs.Where(job => job.Status is JobStatus.Succeeded or JobStatus.Partial)
            .GroupBy(job => (job.Host, job.Vault, Day: Instant.FromDateTimeOffset(job.StartedAt).InZone(zone).Date))
            .ToLookup(group => (group.Key.Host, group.Key.Vault), group => new DayVolume(group.Key.Day, group.Sum(job => job.Progress.BytesSent)));
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<JobView> Running { get; }

    /// <summary>When the newest backup began, whatever became of it; null without any.</summary>
    public Instant? LastStart { get; }

    public static async Task<RunHistory> ReadAsync(Listings listings, string tenant, Instant now, DateTimeZone zone, PacingPolicy policy, CancellationToken cancellation)
    {
        var from = (now - Duration.FromDays(policy.ForecastDays + 1)).ToDateTimeOffset();
        var jobs = new List<JobView>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            // Ids of jobs are in order of time.
            var rows = await listings.PageNewestFirstAsync(ListingKind.Job, tenant, after, PageSize, cancellation);
            var read = rows.Items.Select(row => ListingJson.Read<JobView>(row.View)).ToList();
            jobs.AddRange(read.Where(job => job.Kind == JobKind.Backup && job.StartedAt >= from));
            after = rows.Next;
            if (after is null || read[^1].StartedAt < from) break;
        }

        return new(jobs, now, zone);
    }

    /// <summary>What a day's backups of all machines are expected to send.</summary>
    public long ExpectAll(LocalDate day, PacingPolicy policy) => _ended.Sum(series => PacingForecast.Expect([.. series], _today, day, policy) ?? 0);

    /// <summary>A run that is under way: what it has left, and its deadline. A machine's first run sends everything and has longer.</summary>
    public PacingJob ToWork(JobView job, DateTimeZone zone, PacingPolicy policy)
    {
        var start = Instant.FromDateTimeOffset(job.StartedAt);
        List<DayVolume> past = [.. _ended[(job.Host, job.Vault)]];
        var forecast = PacingForecast.Expect(past, _today, start.InZone(zone).Date, policy);
        var left = PacingEstimate.BytesLeft(forecast, job.Progress.BytesSent, job.Progress.BytesDone, job.Progress.BytesTotal);
        // A run that is not over sends something, if only its snapshot.
        return new(Math.Max(1_000_000, left), TrafficSlot.Of(start) + (PacingPolicy.DaySlots * (past.Count == 0 ? policy.SeedDays : 1)));
    }
}
