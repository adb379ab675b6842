using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class TrafficSlotTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(299, 0)]
    [InlineData(300, 1)]
    [InlineData(-1, -1)]
    [InlineData(-300, -1)]
    [InlineData(-301, -2)]
    public void A_slot_holds_its_start_and_not_its_end(long unix, long slot) => Assert.Equal(slot, TrafficSlot.Of(Instant.FromUnixTimeSeconds(unix)));

    [Fact]
    public void The_last_nanosecond_belongs_to_the_slot_that_ends() =>
        Assert.Equal(0, TrafficSlot.Of(Instant.FromUnixTimeSeconds(300) - Duration.Epsilon));

    [Fact]
    public void Every_instant_lies_in_its_slot() => Gen.Long[-3_000_000_000, 30_000_000_000].Sample(unix =>
    {
        var slot = TrafficSlot.Of(Instant.FromUnixTimeSeconds(unix));
        var start = TrafficSlot.Start(slot).ToUnixTimeSeconds();
        Assert.InRange(unix - start, 0, 299);
    });

    [Theory]
    [InlineData(5_000_000, 187_500_000)]
    [InlineData(100_000_000, 3_750_000_000)]
    [InlineData(1, 37)]
    public void A_line_carries_so_many_bytes_in_a_slot(long bitsPerSecond, long bytes) => Assert.Equal(bytes, TrafficSlot.BytesAt(bitsPerSecond));
}
