using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.StorageNode.Tests.Hosting;

internal sealed class StubNode(StubCluster cluster) : INodeGrain
{
    public ConcurrentQueue<RegisterNode> Registrations { get; } = new();

    public ConcurrentQueue<NodeBeat> Beats { get; } = new();

    public Task<Reply<NodeView>> RegisterAsync(RegisterNode request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Registrations.Enqueue(request);
        return Answer();
    }

    public Task<Reply<NodeView>> BeatAsync(NodeBeat request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Beats.Enqueue(request);
        return Answer();
    }

    public Task<Reply<NodeView>> ReadAsync(CancellationToken cancellation) => throw new NotSupportedException();

    private static Task<Reply<NodeView>> Answer() => Task.FromResult(Reply<NodeView>.Done(new()
    {
        Name = "node1",
        StorageUrl = "",
        Hardware = "",
        Site = "",
        CapacityBytes = 0,
        FreeBytes = 0,
        Vaults = 0,
        RegisteredAt = default,
        LastSeenAt = default,
        Version = 1,
    }));
}
