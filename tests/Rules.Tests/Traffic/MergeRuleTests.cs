using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class MergeRuleTests
{
    private static readonly Gen<SlotReading[]> Readings =
        Gen.Select(Gen.OneOf("n1", "n2"), Gen.OneOf("a", "b"), Gen.Long[0, 5], Gen.Long[0, 100], Gen.Long[0, 100])
            .Select((node, boot, slot, inBytes, outBytes) => new SlotReading(node, boot, slot, new(inBytes, outBytes))).Array[0, 40];

    [Fact]
    public void Readings_of_one_boot_keep_the_maximum_of_each_direction()
    {
        var merged = MergeRule.Merge([new("n1", "a", 7, new(10, 1)), new("n1", "a", 7, new(4, 3))]);
        Assert.Equal(new SlotBytes(10, 3), merged[7]);
    }

    [Fact]
    public void Boots_and_nodes_add_up()
    {
        var merged = MergeRule.Merge([new("n1", "a", 7, new(10, 1)), new("n1", "b", 7, new(4, 3)), new("n2", "a", 7, new(100, 0)), new("n1", "a", 8, new(5, 5))]);
        Assert.Equal(new SlotBytes(114, 4), merged[7]);
        Assert.Equal(new SlotBytes(5, 5), merged[8]);
    }

    [Fact]
    public void Repetition_and_order_change_nothing() => Gen.Select(Readings, Gen.Int).Sample((readings, seed) =>
    {
        var shuffled = readings.Concat(readings).OrderBy(reading => HashCode.Combine(seed, reading)).ToList();
        Assert.Equal(MergeRule.Merge(readings), MergeRule.Merge(shuffled));
    });

    [Fact]
    public void A_further_reading_lowers_nothing() => Gen.Select(Readings.Where(r => r.Length > 0), Gen.Int[0, 39]).Sample((readings, left) =>
    {
        var fewer = MergeRule.Merge(readings.Where((_, i) => i != left % readings.Length));
        var all = MergeRule.Merge(readings);
        Assert.All(fewer, slot => Assert.True(all[slot.Key].InBytes >= slot.Value.InBytes && all[slot.Key].OutBytes >= slot.Value.OutBytes));
    });
}
