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
}
