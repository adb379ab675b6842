using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>
/// A tenant's availability, minute by minute (contract article 6, design decision 22). Key: <see cref="Names.AvailabilityKey"/>.
/// Wakes by schedule for <c>availability.seal</c>.
/// </summary>
[Alias("bo.availability")]
public interface IAvailabilityGrain : IGrainWithStringKey
{
    /// <summary>From now on months are sealed, whether a prober reports or not. Idempotent; the vaults call it before they exist.</summary>
    [Alias("begin")]
    Task BeginAsync(CancellationToken cancellation);

    [Alias("report")]
    Task<Reply<ProbeReceipt>> ReportAsync(ReportProbes request, CancellationToken cancellation);

    /// <param name="month">Civil month in the contract's zone, <c>2026-11</c>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    [AlwaysInterleave]
    [Alias("month")]
    Task<Reply<AvailabilityMonthView>> MonthAsync(string month, CancellationToken cancellation);

    /// <summary>Before the seal any cause; after it only in the customer's favour, as a separate credit.</summary>
    [Alias("correct")]
    Task<Reply<CorrectionView>> CorrectAsync(CorrectOutage request, CancellationToken cancellation);
}
