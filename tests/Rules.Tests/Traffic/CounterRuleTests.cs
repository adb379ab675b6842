using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class CounterRuleTests
{
    [Theory]
    [InlineData(5, 5, 64, 300, 0, 0, CounterKind.Ok)]
    [InlineData(4_294_967_295, 0, 32, 1, 8, 1, CounterKind.Wrap)]
    [InlineData(4_294_967_295, 1, 32, 2, 8, 2, CounterKind.Wrap)]
    [InlineData(4_294_967_295, 2, 32, 2, 8, 2, CounterKind.Reset)]
    [InlineData(4_294_967_295, 0, 64, 1, 8, 0, CounterKind.Reset)]
    public void A_counter_goes_on_wraps_within_the_line_or_was_reset(long previous, long current, int width, long seconds, long line, long bytes, CounterKind kind) =>
        Assert.Equal(new(bytes, kind), CounterRule.Between(previous, current, width, seconds, line));

    [Fact]
    public void No_reading_gives_fewer_than_nought_bytes_nor_more_than_the_line_after_a_wrap() =>
        Gen.Select(Gen.Long[0, uint.MaxValue], Gen.Long[0, uint.MaxValue], Gen.OneOf(32, 64), Gen.Long[1, 10_000_000_000]).Sample((previous, current, width, line) =>
        {
            var delta = CounterRule.Between(previous, current, width, 300, line);
            Assert.True(delta.Bytes >= 0);
            if (delta.Kind == CounterKind.Wrap) Assert.True((Int128)delta.Bytes * 8 <= (Int128)line * 300);
        });
}
