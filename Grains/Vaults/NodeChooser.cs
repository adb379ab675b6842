using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Placement;
using NodaTime;

namespace BackupOnline.Grains.Vaults;

/// <summary>Asks the placement rule which of the listed nodes takes a new vault.</summary>
internal sealed class NodeChooser(Listings listings, TimeProvider clock)
{
    private const int PageSize = 500;

    public async Task<(NodeView? Node, Refusal? Refusal)> ChooseAsync(string? wanted, CancellationToken cancellation)
    {
        var nodes = await ReadNodesAsync(cancellation);
        var choice = PlacementRule.Choose(
            nodes.Select(ToCandidate), new PlacementWish { Node = wanted }, Instant.FromDateTimeOffset(clock.GetUtcNow()), PlacementPolicy.Default);
        return choice.Chosen is { } chosen
            ? (nodes.Single(node => node.Name == chosen.Name), null)
            : (null, WhyNone(wanted, choice));
    }

    private static Refusal WhyNone(string? wanted, PlacementChoice choice)
    {
        if (wanted is not null && !choice.Refused.ContainsKey(wanted))
        {
            return Refusal.Invalid("node-unknown", $"There is no storage node '{wanted}'. Name one that exists, or none.");
        }

        var reasons = choice.Refused.Where(r => r.Value != NodeRefusal.NotWanted).Select(r => $"{r.Key}: {InWords(r.Value)}").ToList();
        var detail = reasons.Count == 0 ? "none has announced itself yet" : string.Join("; ", reasons);
        return choice.Refused.ContainsValue(NodeRefusal.NoRoom)
            ? Refusal.NoRoom("nodes-full", $"No storage node has room for another vault ({detail}). Add storage.")
            : Refusal.Unavailable("no-node", $"No storage node is ready ({detail}). Try again in a minute.");
    }

    private static string InWords(NodeRefusal reason) => reason switch
    {
        NodeRefusal.NotLive => "not seen lately",
        NodeRefusal.NoRoom => "no room",
        _ => "too close to the protected machine",
    };

    private static NodeCandidate ToCandidate(NodeView node) => new()
    {
        Name = node.Name,
        LastSeenAt = Instant.FromDateTimeOffset(node.LastSeenAt),
        CapacityBytes = node.CapacityBytes,
        FreeBytes = node.FreeBytes,
        Hardware = node.Hardware,
        Site = node.Site,
    };

    private async Task<List<NodeView>> ReadNodesAsync(CancellationToken cancellation)
    {
        var nodes = new List<NodeView>();
        string? after = null;
        do
        {
            var page = await listings.PageAsync(ListingKind.Node, LogKey.Provider, after, PageSize, cancellation);
            nodes.AddRange(page.Items.Select(row => ListingJson.Read<NodeView>(row.View)));
            after = page.Next;
        }
        while (after is not null);
        return nodes;
    }
}
