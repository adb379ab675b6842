using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Tests.Checking;

public sealed class PackSubsetTests
{
    private static readonly List<(ObjectId Pack, long Length)> s_packs = [.. Enumerable.Range(0, 1000).Select(i => (ObjectId.Of(BitConverter.GetBytes(i)), 1000L))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(256)]
    public void All_parts_together_are_all_packs_each_once(int total)
    {
        var parts = Enumerable.Range(1, total).SelectMany(number => PackSubset.Part(number, total).Choose(s_packs, _ => throw new InvalidOperationException())).ToList();
        Assert.Equal(s_packs.Select(pack => pack.Pack).Order(), parts.Order());
    }

    [Fact]
    public void A_part_is_told_by_the_first_byte_as_restic_does()
    {
        var chosen = PackSubset.Part(2, 5).Choose(s_packs, _ => 0);
        Assert.All(s_packs, pack => Assert.Equal(Convert.FromHexString(pack.Pack.ToString()[..2])[0] % 5 == 1, chosen.Contains(pack.Pack)));
    }

    [Theory]
    [InlineData(100, 1000)]
    [InlineData(50, 500)]
    [InlineData(0.1, 1)]
    [InlineData(0.0001, 1)]
    [InlineData(33.35, 333)]
    public void A_share_is_so_many_packs_at_least_one(double percent, int expected)
    {
        var random = new Random(3);
        Assert.Equal(expected, PackSubset.Percent(percent).Choose(s_packs, random.Next).Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10_000, 10)]
    [InlineData(1_000_000, 1000)]
    [InlineData(long.MaxValue, 1000)]
    public void A_size_is_its_share_of_all_bytes(long bytes, int expected)
    {
        var random = new Random(3);
        Assert.Equal(expected, PackSubset.Size(bytes).Choose(s_packs, random.Next).Count);
    }

    [Fact]
    public void Every_pack_has_the_same_chance()
    {
        var random = new Random(5);
        var few = s_packs.Take(10).ToList();
        var drawn = few.ToDictionary(pack => pack.Pack, _ => 0);
        for (var i = 0; i < 10_000; i++)
        {
            foreach (var pack in PackSubset.Percent(30).Choose(few, random.Next))
                drawn[pack]++;
        }

        // 3000 expected, with a deviation of 46.
        Assert.All(drawn.Values, count => Assert.InRange(count, 2750, 3250));
    }

    [Fact]
    public void Nothing_to_choose_from_is_nothing_chosen() => Assert.Empty(PackSubset.Percent(50).Choose([], _ => 0));
}
