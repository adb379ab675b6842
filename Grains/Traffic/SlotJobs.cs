using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Traffic;

namespace BackupOnline.Grains.Traffic;

/// <summary>Which jobs ran in the slots that cost a credit.</summary>
internal static class SlotJobs
{
    private const int Most = 500;
    private const int PageSize = 500;

    /// <summary>A job that has no end yet runs to the end of the month.</summary>
    public static async Task<ImmutableArray<SlotJob>> FindAsync(
        Listings listings, string tenant, IReadOnlyList<CurvePoint> above, TrafficMonthView month, CancellationToken cancellation)
    {
        if (above.Count == 0) return [];
        var found = new List<SlotJob>();
        string? after = null;
        do
        {
            var page = await listings.PageNewestFirstAsync(ListingKind.Job, tenant, after, PageSize, cancellation);
            foreach (var job in page.Items.Select(row => ListingJson.Read<JobView>(row.View)))
            {
                var end = job.EndedAt ?? month.EndsAt;
                var slots = above.Count(point => job.StartedAt < point.StartsAt.AddSeconds(TrafficSlot.Seconds) && end > point.StartsAt);
                if (slots > 0) found.Add(ToJob(job, slots));
            }

            after = page.Next;
        }
        while (after is not null);
        return [.. found.OrderByDescending(job => job.SlotsAbove).Take(Most).OrderBy(job => job.StartedAt)];
    }

    private static SlotJob ToJob(JobView job, int slots) => new()
    {
        Job = job.Id,
        Kind = job.Kind,
        Host = job.Host,
        Vault = job.Vault,
        StartedAt = job.StartedAt,
        EndedAt = job.EndedAt,
        SlotsAbove = slots,
    };
}
