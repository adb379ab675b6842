using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests.Work;

public sealed class NodeWorkerTests
{
    [Fact]
    public async Task Work_that_cannot_be_done_yet_is_told_and_the_worker_goes_on()
    {
        await using var hot = await HotShelf.StartAsync();
        var item = new NodeWorkItem { Kind = NodeWorkKind.Prune, Tenant = "acme", Vault = "main" };

        // Before the vault is made, a prune cannot work: told, and the worker goes on.
        Assert.Equal((NodeWorkOutcome.Failed, "key-not-ready"), await OutcomeAsync(NodeWorkKind.Prune));
        Assert.Equal((NodeWorkOutcome.Done, null), await OutcomeAsync(NodeWorkKind.Keys));
        Assert.Equal((NodeWorkOutcome.Done, null), await OutcomeAsync(NodeWorkKind.Prune));
        Assert.Equal(item, hot.Node.Finished.Last().Item);

        async Task<(NodeWorkOutcome, string?)> OutcomeAsync(NodeWorkKind kind)
        {
            var finished = await hot.WorkAsync(kind);
            return (finished.Outcome, finished.Code);
        }
    }

    [Fact]
    public async Task A_cluster_that_is_away_stops_nothing_for_good()
    {
        await using var hot = await HotShelf.StartAsync();
        hot.Shelf.Cluster.IsDown = true;
        hot.Node.Work.Enqueue(new() { Kind = NodeWorkKind.Keys, Tenant = "acme", Vault = "main" });
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(hot.Node.Finished);

        hot.Shelf.Cluster.IsDown = false;

        await Eventually.TrueAsync(() => hot.Node.Finished.Any(work => work.Outcome == NodeWorkOutcome.Done), "the work is done when the cluster is back", seconds: 180);
    }
}
