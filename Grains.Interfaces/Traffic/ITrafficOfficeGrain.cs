using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What concerns the traffic of all tenants: the settings, and the closing of months. Key: <see cref="Names.TrafficOfficeKey"/>, one for the provider.</summary>
[Alias("bo.traffic.office")]
public interface ITrafficOfficeGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    [Alias("policies")]
    Task<Reply<TrafficPolicyList>> PoliciesAsync(CancellationToken cancellation);

    [Alias("set-policy")]
    Task<Reply<TrafficPolicyView>> SetPolicyAsync(SetTrafficPolicy request, CancellationToken cancellation);
}
