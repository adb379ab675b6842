using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;

namespace BackupOnline.Agent.Tests.Points;

public sealed class AuditSampleTests
{
    private const int Length = 4096;

    [Fact]
    public void A_small_disk_is_compared_whole_and_its_last_extent_may_be_shorter() =>
        Assert.Equal([(0L, Length), (4096L, Length), (8192L, 512)], AuditSample.Take(8704, [], 10, Length, new Random(1)));

    [Fact]
    public void What_a_changed_extent_touches_by_one_byte_is_left_out()
    {
        // The first ends with the byte before the second place, the other begins with the last byte of the fourth.
        Extent[] changed = [new(100, 3996, ExtentKind.Data), new(16383, 1, ExtentKind.Data)];
        Assert.Equal([(4096L, Length), (8192L, Length), (16384L, Length)], AuditSample.Take(5 * Length, changed, 10, Length, new Random(1)));
    }

    [Fact]
    public void A_disk_that_changed_everywhere_gives_nothing() =>
        Assert.Empty(AuditSample.Take(1L << 40, [new Extent(0, 1L << 40, ExtentKind.Data)], 256, Length, new Random(1)));

    [Fact]
    public void Of_a_large_disk_each_audit_takes_as_many_distinct_extents_as_asked_for_and_others_than_the_last()
    {
        var one = AuditSample.Take(1L << 40, [], 256, Length, new Random(1));
        var other = AuditSample.Take(1L << 40, [], 256, Length, new Random(2));
        Assert.Equal(256, one.Select(extent => extent.Offset).Distinct().Count());
        Assert.Equal(one.OrderBy(extent => extent.Offset), one);
        Assert.All(one, extent => Assert.Equal((0L, Length), (extent.Offset % Length, extent.Length)));
        Assert.NotEqual(one, other);
    }

    /// <summary>Against the plain way of looking at each changed extent.</summary>
    [Fact]
    public void No_sample_ever_meets_a_changed_extent()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var dice = new Random(seed);
            var changed = new List<Extent>();
            for (var at = dice.NextInt64(20_000); at < 1 << 20;)
            {
                var length = Math.Min(dice.NextInt64(1, 9_000), (1 << 20) - at);
                changed.Add(new Extent(at, length, ExtentKind.Data));
                at += length + dice.NextInt64(1, 30_000);
            }

            foreach (var (offset, length) in AuditSample.Take(1 << 20, changed, 300, Length, dice))
                Assert.DoesNotContain(changed, extent => extent.Offset < offset + length && extent.End > offset);
        }
    }
}
