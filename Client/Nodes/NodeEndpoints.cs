using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Nodes;

/// <summary><c>/nodes</c>: storage nodes, for operators.</summary>
internal static class NodeEndpoints
{
    public static void MapNodes(this ApiGroups api)
    {
        var nodes = api.Root.MapGroup("/nodes").WithTags("Nodes").RequireAuthorization(Policies.Operator);
        nodes.MapGet("/", ListAsync).Named("listNodes", "Lists storage nodes, by name");
        nodes.MapGet("/{node}", ReadAsync).Named("readNode", "Reads a storage node: address, capacity, identity, last sign of life");
        nodes.MapGet("/{node}/work", WorkAsync).Named("readNodeWork", "Reads the queue of a storage node's worker, longest waiting first, with what is stuck and why");
    }

    private static async Task<Results<Ok<Page<NodeView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery page, HttpContext http, Lists lists) =>
        page.Fault() is { } fault ? fault : TypedResults.Ok(await lists.PageAsync<NodeView>(ListingKind.Node, LogKey.Provider, page, http.RequestAborted));

    private static async Task<Results<Ok<NodeView>, ProblemHttpResult>> ReadAsync(string node, HttpContext http, ClusterCalls cluster)
    {
        if (!NameRule.IsWellFormed(node))
            return Problem.Unknown("node");
        var reply = await cluster.AskAsync(grains => grains.Get(new NodeKey(node)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Ok<NodeWorkList>, ProblemHttpResult>> WorkAsync(string node, HttpContext http, ClusterCalls cluster)
    {
        if (!NameRule.IsWellFormed(node))
            return Problem.Unknown("node");
        var reply = await cluster.AskAsync(grains => grains.Get(new NodeKey(node)).WorkAsync(CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
