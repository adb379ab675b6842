using BackupOnline.Rules.Placement;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Placement;

public sealed class PlacementRuleTests
{
    private static readonly PlacementPolicy Policy = PlacementPolicy.Default;
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void The_largest_free_share_wins_not_the_most_bytes()
    {
        var choice = Choose([Node("big", free: 400, capacity: 1000), Node("small", free: 50, capacity: 100)]);

        Assert.Equal("small", choice.Chosen?.Name);
        Assert.Equal(NodeRefusal.LessFree, choice.Refused["big"]);
    }

    [Fact]
    public void A_tie_goes_to_the_first_name()
    {
        Assert.Equal("a1", Choose([Node("b1"), Node("a1"), Node("a2")]).Chosen?.Name);
    }

    [Fact]
    public void Shares_are_compared_exactly_even_at_the_end_of_the_range()
    {
        var less = Node("less") with { FreeBytes = long.MaxValue - 1, CapacityBytes = long.MaxValue };
        var more = Node("more") with { FreeBytes = long.MaxValue, CapacityBytes = long.MaxValue };

        Assert.Equal("more", Choose([less, more]).Chosen?.Name);
    }

    [Theory]
    [InlineData(-60, true)]
    [InlineData(180, true)]
    [InlineData(181, false)]
    public void Only_nodes_seen_within_three_minutes_are_live(int secondsAgo, bool isLive)
    {
        var choice = Choose([Node("n1") with { LastSeenAt = Now - Duration.FromSeconds(secondsAgo) }]);

        Assert.Equal(isLive, choice.Chosen is not null);
        if (!isLive) Assert.Equal(NodeRefusal.NotLive, choice.Refused["n1"]);
    }

    [Theory]
    [InlineData(256L * 1024 * 1024, true)]
    [InlineData((256L * 1024 * 1024) - 1, false)]
    public void A_node_needs_its_minimum_of_free_bytes(long freeBytes, bool hasRoom)
    {
        var choice = Choose([Node("n1") with { FreeBytes = freeBytes }]);

        Assert.Equal(hasRoom, choice.Chosen is not null);
        if (!hasRoom) Assert.Equal(NodeRefusal.NoRoom, choice.Refused["n1"]);
    }

    [Fact]
    public void A_copy_never_lies_on_the_protected_machines_hardware_or_site()
    {
        var choice = Choose(
            [Node("same-box") with { Hardware = "SERIAL-1" }, Node("same-room") with { Site = "Lyon" }, Node("far", free: 2)],
            new PlacementWish { ProtectedHardware = "serial-1", ProtectedSite = "lyon" });

        Assert.Equal("far", choice.Chosen?.Name);
        Assert.Equal(NodeRefusal.SameHardware, choice.Refused["same-box"]);
        Assert.Equal(NodeRefusal.SameSite, choice.Refused["same-room"]);
    }

    [Fact]
    public void A_wanted_node_is_taken_or_none()
    {
        var nodes = new[] { Node("a1"), Node("b1", free: 1) };

        var choice = Choose(nodes, new PlacementWish { Node = "b1" });

        Assert.Equal(("b1", NodeRefusal.NotWanted), (choice.Chosen?.Name, choice.Refused["a1"]));
        Assert.Null(Choose(nodes, new PlacementWish { Node = "c1" }).Chosen);
    }

    [Fact]
    public void Without_nodes_there_is_no_choice_and_no_reason()
    {
        var choice = Choose([]);

        Assert.Null(choice.Chosen);
        Assert.Empty(choice.Refused);
    }

    [Fact]
    public void A_node_that_does_not_know_its_capacity_is_still_comparable()
    {
        Assert.NotNull(Choose([Node("n1", capacity: 0), Node("n2")]).Chosen);
    }

    [Fact]
    public void Every_node_is_chosen_or_has_a_reason_and_the_order_of_the_list_does_not_matter()
    {
        var node = Gen.Select(Gen.Int[0, 400], Gen.Int[0, 20], Gen.Int[1, 20], Gen.OneOf("h1", "h2"), Gen.OneOf("s1", "s2"));
        node.Array[0, 8].Sample(generated =>
        {
            var nodes = generated.Select((n, i) => Node($"n{i}", n.Item2, n.Item3) with
            {
                LastSeenAt = Now - Duration.FromSeconds(n.Item1),
                Hardware = n.Item4,
                Site = n.Item5,
            }).ToList();
            var wish = new PlacementWish { ProtectedHardware = "h1", ProtectedSite = "s2" };

            var choice = Choose(nodes, wish);

            Assert.Equal(nodes.Count, choice.Refused.Count + (choice.Chosen is null ? 0 : 1));
            Assert.Equal(choice.Chosen, Choose(nodes.AsEnumerable().Reverse(), wish).Chosen);
            if (choice.Chosen is not { } chosen) return;
            Assert.True(Now - chosen.LastSeenAt <= Policy.LiveWithin && chosen.Hardware == "h2" && chosen.Site == "s1");
            Assert.All(
                nodes.Where(n => choice.Refused.TryGetValue(n.Name, out var why) && why == NodeRefusal.LessFree),
                n => Assert.True((decimal)n.FreeBytes / n.CapacityBytes <= (decimal)chosen.FreeBytes / chosen.CapacityBytes));
        });
    }

    private static PlacementChoice Choose(IEnumerable<NodeCandidate> nodes, PlacementWish? wish = null) =>
        PlacementRule.Choose(nodes, wish ?? new(), Now, Policy);

    // In units of the least free space that counts as room.
    private static NodeCandidate Node(string name, int free = 5, int capacity = 10) => new()
    {
        Name = name,
        LastSeenAt = Now,
        CapacityBytes = capacity * Policy.MinimumFreeBytes,
        FreeBytes = free * Policy.MinimumFreeBytes,
        Hardware = $"box-of-{name}",
        Site = "paris",
    };
}
