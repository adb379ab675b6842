using BackupOnline.Rules.Traffic;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class RegimeRuleTests
{
    private static readonly TrafficPolicy Policy = TrafficPolicy.Default;
    private static readonly TrafficPolicy Ladder = Policy with { Kind = BurstPolicyKind.LiteralLadder };

    [Fact]
    public void The_first_month_is_free_at_the_policys_burst() =>
        Assert.Equal(new BurstRegime { Standing = BurstStanding.Free, BurstKbps = 100_000 }, RegimeRule.First(Policy));

    [Fact]
    public void A_month_above_the_limit_gives_conformity_with_a_ceiling_for_the_next_months_length()
    {
        var next = RegimeRule.Next(RegimeRule.First(Policy), 300_000_000, 3_000_000_000_000, 8640, 8928, Policy, Policy with { BurstKbps = 50_000 });
        Assert.Equal((BurstStanding.Conformity, 50_000, StandingReason.Exceeded), (next.Standing, next.BurstKbps, next.Reason));
        Assert.Equal(QuietCeilingRule.Of(8928, 3_000_000_000_000, Policy with { BurstKbps = 50_000 }), next.Quiet);
    }

    [Theory]
    [InlineData(388, BurstStanding.Free, StandingReason.Conform)]
    [InlineData(389, BurstStanding.Conformity, StandingReason.StillNeeded)]
    public void Conformity_ends_when_plain_bursting_would_have_fitted(int slots, BurstStanding standing, StandingReason reason)
    {
        var present = RegimeRule.Of(BurstStanding.Conformity, 100_000, 0, 8640, Policy);
        var next = RegimeRule.Next(present, 0, slots * 3_750_000_000L, 8640, 8640, Policy, Policy);
        Assert.Equal((standing, reason, standing == BurstStanding.Conformity), (next.Standing, next.Reason, next.Quiet is not null));
    }

    [Theory]
    [InlineData(100_000, 300_000_000, 62_500, StandingReason.Exceeded)]
    [InlineData(10_000, 300_000_000, 10_000, StandingReason.Exceeded)]
    [InlineData(100_000, 187_500_001, 100_000, StandingReason.Warned)]
    [InlineData(40_000, 187_500_000, 80_000, StandingReason.Conform)]
    [InlineData(100_000, 0, 100_000, StandingReason.Conform)]
    public void The_literal_ladder_changes_the_burst_itself(long burst, long p95, long next, StandingReason reason)
    {
        var present = new BurstRegime { Standing = BurstStanding.Conformity, BurstKbps = burst };
        Assert.Equal(
            new BurstRegime { Standing = BurstStanding.Free, BurstKbps = next, Reason = reason },
            RegimeRule.Next(present, p95, 5, 8640, 8640, Policy, Ladder));
    }
}
