using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What a tenant's traffic was, and how fast it may go on: contract article 7. Key: <see cref="Names.TrafficKey"/>.</summary>
[Alias("bo.traffic")]
public interface ITrafficGrain : IGrainWithStringKey
{
    /// <summary>Merges by maximum per (node, boot, slot): a repeated, late or reordered report changes nothing. Answered once it is stored.</summary>
    [Alias("report")]
    Task<Reply<TrafficReceipt>> ReportAsync(ReportTraffic request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("share")]
    Task<Reply<TrafficShare>> ShareAsync(AskShare request, CancellationToken cancellation);

    /// <param name="month"><c>2026-11</c>, or <c>current</c>.</param>
    [Alias("month")]
    Task<Reply<TrafficMonthView>> MonthAsync(string month, CancellationToken cancellation);

    /// <param name="month"><c>2026-11</c>, or <c>current</c>.</param>
    [Alias("statement")]
    Task<Reply<TrafficStatement>> StatementAsync(string month, CancellationToken cancellation);

    [Alias("set-burst")]
    Task<Reply<BurstOverrideView>> SetBurstAsync(SetBurst request, CancellationToken cancellation);

    [Alias("correct")]
    Task<Reply<TrafficCorrectionView>> CorrectAsync(CorrectTraffic request, CancellationToken cancellation);

    /// <summary>How a run of this tenant is to send from now on. Changes nothing.</summary>
    [Alias("plan")]
    Task<Reply<SendingPlan>> PlanAsync(AskPlan request, CancellationToken cancellation);

    /// <summary>What one more backup would mean for the running month. Changes nothing.</summary>
    [Alias("what-if")]
    Task<Reply<WhatIfView>> WhatIfAsync(AskWhatIf request, CancellationToken cancellation);
}
