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

    /// <summary>Work to lease, each piece once.</summary>
    public ConcurrentQueue<NodeWorkItem> Work { get; } = new();

    public ConcurrentQueue<FinishNodeWork> Finished { get; } = new();

    public ConcurrentQueue<string> Boots { get; } = new();

    public Task<Reply<NodeWorkOffer>> LeaseWorkAsync(LeaseNodeWork request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Boots.Enqueue(request.Boot);
        var leased = Work.TryPeek(out var next) && request.Kinds.Contains(next.Kind) && Work.TryDequeue(out next) ? View(next!) : null;
        return Task.FromResult(Reply<NodeWorkOffer>.Done(new() { Work = leased }));
    }

    public Task<Reply<NodeWorkView>> RenewWorkAsync(RenewNodeWork request, CancellationToken cancellation) =>
        Task.FromResult(Reply<NodeWorkView>.Done(View(request.Item)));

    public Task<Reply<NodeWorkView>> FinishWorkAsync(FinishNodeWork request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Finished.Enqueue(request);
        return Task.FromResult(Reply<NodeWorkView>.Done(View(request.Item)));
    }

    public Task<Reply<NodeWorkView>> EnqueueWorkAsync(EnqueueNodeWork request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<NodeWorkList>> WorkAsync(CancellationToken cancellation) => throw new NotSupportedException();

    private static NodeWorkView View(NodeWorkItem item) =>
        new() { Item = item, Standing = NodeWorkStanding.Running, Attempt = 1, Faults = 0, EnqueuedAt = default, NotBefore = default };

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
