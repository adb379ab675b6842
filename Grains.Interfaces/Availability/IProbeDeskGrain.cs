using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>
/// Shares the vaults among the probers, round by round, so that two doors do not probe the same twice. One for the cluster; keeps nothing:
/// after a loss a round may be probed twice, which changes no result. Key: <see cref="Names.ProbeDeskKey"/>.
/// </summary>
[Alias("bo.probe-desk")]
public interface IProbeDeskGrain : IGrainWithStringKey
{
    [Alias("claim")]
    Task<Reply<ProbeOrders>> ClaimAsync(ClaimProbes request, CancellationToken cancellation);

    /// <summary>A prober stops: the others need not wait for it.</summary>
    [Alias("leave")]
    Task LeaveAsync(string prober, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("probers")]
    Task<ProberList> ProbersAsync(CancellationToken cancellation);
}
