using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class BurstPolicyTests
{
    private static readonly TrafficPolicy Policy = TrafficPolicy.Default;

    [Theory]
    [InlineData(BurstStanding.Free, 187_500_000, 0, BurstStanding.Free, StandingReason.Conform)]
    [InlineData(BurstStanding.Free, 187_500_001, 0, BurstStanding.Free, StandingReason.Warned)]
    [InlineData(BurstStanding.Conformity, 196_875_000, 0, BurstStanding.Conformity, StandingReason.Warned)]
    [InlineData(BurstStanding.Free, 196_875_001, 0, BurstStanding.Conformity, StandingReason.Exceeded)]
    [InlineData(BurstStanding.Conformity, 0, 388, BurstStanding.Free, StandingReason.Conform)]
    [InlineData(BurstStanding.Conformity, 0, 389, BurstStanding.Conformity, StandingReason.StillNeeded)]
    [InlineData(BurstStanding.Free, 0, 8640, BurstStanding.Free, StandingReason.Conform)]
    public void The_standing_of_the_next_month_has_its_reason(BurstStanding previous, long p95, long needed, BurstStanding next, StandingReason reason) =>
        Assert.Equal(new(next, reason), StandingRule.Next(previous, p95, needed, 8640, Policy));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3_750_000_000, 1)]
    [InlineData(3_750_000_001, 2)]
    public void A_volume_takes_whole_burst_slots(long volume, long slots) => Assert.Equal(slots, StandingRule.BurstSamplesNeeded(volume, Policy));

    [Theory]
    [InlineData(0, 0, 0, 5_000)]
    [InlineData(8640, 1_455_000_000_001, 1, 5_000)]
    [InlineData(8640, 1_455_000_000_000 + (187_500_000L * 8252), 187_500_000, 5_000)]
    [InlineData(8640, 1_455_000_000_001 + (187_500_000L * 8252), 187_500_001, 5_510)]
    public void The_ceiling_leaves_the_limit_one_byte_above_it(int samples, long volume, long level, long ceiling)
    {
        var quiet = QuietCeilingRule.Of(samples, volume, Policy);
        Assert.Equal((level, ceiling, level <= 187_500_000), (quiet.LevelBytes, quiet.CeilingKbps, quiet.ConformReachable));
    }

    [Fact]
    public void Under_the_ceiling_last_months_volume_always_fits() => Gen.Select(Gen.Int[20, 8940], Gen.Long[0, 30_000_000_000_000]).Sample((samples, volume) =>
    {
        var quiet = QuietCeilingRule.Of(samples, volume, Policy);
        var room = (quiet.BurstSamples * Policy.BurstBytesPerSlot) + ((samples - quiet.BurstSamples) * TrafficPolicy.BytesPerSlot(quiet.CeilingKbps));
        Assert.True(room >= volume);
        Assert.Equal(quiet.FreeSamples, quiet.ReserveSamples + quiet.BurstSamples);
        Assert.True(quiet.CeilingKbps >= Policy.LimitKbps && (quiet.ConformReachable || quiet.CeilingKbps % 10 == 0));
    });

    [Theory]
    [InlineData(100_000, 5_000, 10_000, 100_000, LadderAction.Full)]
    [InlineData(100_000, 5_001, 10_000, 100_000, LadderAction.Warned)]
    [InlineData(100_000, 5_251, 10_000, 95_200, LadderAction.Lowered)]
    [InlineData(100_000, 9_999, 10_000, 50_000, LadderAction.Lowered)]
    [InlineData(100_000, 10_000, 10_000, 50_000, LadderAction.Lowered)]
    [InlineData(10_000, 10_000, 10_000, 10_000, LadderAction.AtFloor)]
    [InlineData(8_000, 10_000, 10_000, 8_000, LadderAction.AtFloor)]
    [InlineData(60_000, 0, 10_000, 100_000, LadderAction.Raised)]
    public void The_literal_ladder_steps_as_it_says(long burst, long p95, long floor, long next, LadderAction action) =>
        Assert.Equal(new(next, action), LiteralLadderRule.Next(burst, p95, floor, Policy));

    [Fact]
    public void The_ladder_never_raises_when_it_lowers_nor_leaves_its_bounds() =>
        Gen.Select(Gen.Long[10_000, 100_000], Gen.Long[0, 100_000], Gen.Long[10_000, 50_000]).Sample((burst, p95, floor) =>
        {
            var step = LiteralLadderRule.Next(burst, p95, floor, Policy);
            Assert.InRange(step.NextBurstKbps, Math.Min(burst, floor), 100_000);
            if (p95 > 5_250) Assert.True(step.NextBurstKbps <= burst && (step.NextBurstKbps * 2) + 200 >= burst);
            else Assert.True(step.NextBurstKbps >= burst);
        });

    [Theory]
    [InlineData(8640, 1_620_000_000_000, 3_159_000_000_000)]
    [InlineData(0, 0, 0)]
    public void The_volumes_follow_from_the_limit(int samples, long free, long most) =>
        Assert.Equal((free, most), (VolumeRule.FreeBurstBytes(samples, Policy), VolumeRule.MostBytesWithinLimit(samples, Policy)));
}
