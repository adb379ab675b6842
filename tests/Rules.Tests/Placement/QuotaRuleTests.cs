using BackupOnline.Rules.Placement;
using CsCheck;

namespace BackupOnline.Rules.Tests.Placement;

public sealed class QuotaRuleTests
{
    [Theory]
    [InlineData(null, new long[] { }, 5, null)]
    [InlineData(100L, new long[] { }, 0, 100L)]
    [InlineData(100L, new long[] { }, 1, 100L)]
    [InlineData(100L, new long[] { }, 3, 33L)]
    [InlineData(100L, new long[] { 40 }, 1, 60L)]
    [InlineData(100L, new long[] { 40, 60 }, 1, 0L)]
    [InlineData(100L, new long[] { 150 }, 1, 0L)]
    [InlineData(0L, new long[] { }, 1, 0L)]
    [InlineData(long.MaxValue, new[] { long.MaxValue, long.MaxValue }, 2, 0L)]
    public void What_the_own_quotas_leave_is_shared_in_equal_parts(long? quota, long[] own, int without, long? expected)
    {
        Assert.Equal(expected, QuotaRule.RestBytes(quota, Vaults(own, without)));
    }

    [Theory]
    [InlineData(null, new[] { long.MaxValue, long.MaxValue }, true)]
    [InlineData(100L, new long[] { 60, 40 }, true)]
    [InlineData(100L, new long[] { 60, 41 }, false)]
    [InlineData(long.MaxValue, new[] { long.MaxValue, 1L }, false)]
    public void Own_quotas_fit_when_their_sum_does_not_exceed_the_tenants(long? quota, long[] own, bool expected)
    {
        Assert.Equal(expected, QuotaRule.Fits(quota, Vaults(own, 3)));
    }

    [Fact]
    public void Nothing_is_promised_twice_and_less_than_one_byte_per_vault_is_lost()
    {
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue / 4].Array[0, 4], Gen.Int[1, 9]).Sample((quota, own, without) =>
        {
            if (!QuotaRule.Fits(quota, Vaults(own, without))) return;
            var sum = own.Aggregate((Int128)0, (total, o) => total + o);
            var promised = ((Int128)QuotaRule.RestBytes(quota, Vaults(own, without))!.Value * without) + sum;
            Assert.True(promised <= quota && quota - promised < without);
        });
    }

    private static IEnumerable<long?> Vaults(long[] own, int without) => own.Select(o => (long?)o).Concat(Enumerable.Repeat<long?>(null, without));
}
