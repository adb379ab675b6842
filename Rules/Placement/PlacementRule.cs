using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Placement;

/// <summary>Which storage node gets a vault (contract article 6: never the protected machine's own hardware or site).</summary>
public static class PlacementRule
{
    /// <summary>
    /// Of the live nodes with room that are far enough from the protected machine, the one with the largest free share (free bytes by capacity, compared
    /// exactly, no rounding); ties go to the first name in ordinal order. Live is inclusive: seen exactly <see cref="PlacementPolicy.LiveWithin"/> ago still
    /// counts, and so does a clock that is ahead. Room is inclusive too. The first reason that applies is given, in the order of <see cref="NodeRefusal"/>.
    /// </summary>
    /// <param name="candidates">Names are unique.</param>
    public static PlacementChoice Choose(IEnumerable<NodeCandidate> candidates, PlacementWish wish, Instant now, PlacementPolicy policy)
    {
        var judged = candidates.Select(node => (Node: node, Reason: WhyNot(node, wish, now, policy))).ToList();
        var chosen = judged.Where(j => j.Reason is null).Select(j => j.Node).Order(Comparer<NodeCandidate>.Create(MoreFreeFirst)).FirstOrDefault();
        return new PlacementChoice
        {
            Chosen = chosen,
            Refused = judged.Where(j => j.Node != chosen)
                .ToImmutableSortedDictionary(j => j.Node.Name, j => j.Reason ?? NodeRefusal.LessFree, StringComparer.Ordinal),
        };
    }

    private static NodeRefusal? WhyNot(NodeCandidate node, PlacementWish wish, Instant now, PlacementPolicy policy)
    {
        if (wish.Node is not null && node.Name != wish.Node) return NodeRefusal.NotWanted;
        if (now - node.LastSeenAt > policy.LiveWithin) return NodeRefusal.NotLive;
        if (node.FreeBytes < policy.MinimumFreeBytes) return NodeRefusal.NoRoom;
        if (Same(node.Hardware, wish.ProtectedHardware)) return NodeRefusal.SameHardware;
        return Same(node.Site, wish.ProtectedSite) ? NodeRefusal.SameSite : null;
    }

    private static bool Same(string identity, string? other) => string.Equals(identity, other, StringComparison.OrdinalIgnoreCase);

    // a/b against c/d without division: a*d against c*b in 128 bits. A capacity of 0 counts as 1, for a node that does not know its own.
    private static int MoreFreeFirst(NodeCandidate left, NodeCandidate right)
    {
        var leftShare = (Int128)left.FreeBytes * Math.Max(1, right.CapacityBytes);
        var rightShare = (Int128)right.FreeBytes * Math.Max(1, left.CapacityBytes);
        var order = rightShare.CompareTo(leftShare);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }
}
