using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Nodes;

/// <summary>A storage node: address, capacity, hardware and site identity, health. Key: <see cref="Names.NodeKey"/>.</summary>
[Alias("bo.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>The node announces itself at start; changes are kept and logged.</summary>
    [Alias("register")]
    Task<Reply<NodeView>> RegisterAsync(RegisterNode request, CancellationToken cancellation);

    /// <summary>The node tells its capacity, every 30 s. Kept in memory and written at most once a minute.</summary>
    [Alias("beat")]
    Task<Reply<NodeView>> BeatAsync(NodeBeat request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<NodeView>> ReadAsync(CancellationToken cancellation);

    /// <summary>Queues work for the node's worker. Work of the same kind on the same vault that waits already takes it in; a run under way is followed by another.</summary>
    [Alias("enqueue-work")]
    Task<Reply<NodeWorkView>> EnqueueWorkAsync(EnqueueNodeWork request, CancellationToken cancellation);

    /// <summary>The worker takes the next piece of work, or learns that there is none.</summary>
    [Alias("lease-work")]
    Task<Reply<NodeWorkOffer>> LeaseWorkAsync(LeaseNodeWork request, CancellationToken cancellation);

    /// <summary>Renews a lease; <c>lease-lost</c> when the work is another's by now, and must be left.</summary>
    [Alias("renew-work")]
    Task<Reply<NodeWorkView>> RenewWorkAsync(RenewNodeWork request, CancellationToken cancellation);

    /// <summary>Ends an attempt. Delivery is at least once: what the work does must bear repetition.</summary>
    [Alias("finish-work")]
    Task<Reply<NodeWorkView>> FinishWorkAsync(FinishNodeWork request, CancellationToken cancellation);

    /// <summary>The queue, for operators.</summary>
    [AlwaysInterleave]
    [Alias("work")]
    Task<Reply<NodeWorkList>> WorkAsync(CancellationToken cancellation);
}
