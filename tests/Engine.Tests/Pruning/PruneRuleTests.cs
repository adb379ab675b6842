using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Pruning;
using CsCheck;

namespace BackupOnline.Engine.Tests.Pruning;

public sealed class PruneRuleTests
{
    private const long PackSize = 16 << 20;
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_pack_that_is_all_needed_stays() => Assert.Equal([(PackFate.Keep, PackReason.AllUsed)], Decide(new PruneOptions(), Data(1, used: 1000)));

    [Fact]
    public void A_pack_that_nothing_needs_goes_and_so_does_one_that_no_index_names() => Assert.Equal(
        [(PackFate.Remove, PackReason.Unused), (PackFate.Remove, PackReason.Unreferenced)],
        Decide(new PruneOptions(), Data(1, unused: 1000), new PackUse(Pack(2)) { StoredBytes = 5 }));

    [Theory]
    [InlineData(53, PackFate.Keep)] // 53 of 1053 is above five percent of the whole, but the limit is a part of what stays: 1000 * 5 / 95 = 52.6.
    [InlineData(52, PackFate.Keep)]
    public void Data_is_repacked_only_above_the_limit(int unused, PackFate below)
    {
        var atLimit = new PruneOptions { MaxUnused = UnusedLimit.OfBytes(unused) };
        Assert.Equal(below, Decide(atLimit, Data(1, used: 1000, unused: unused)).Single().Fate);
        Assert.Equal(PackFate.Repack, Decide(new PruneOptions { MaxUnused = UnusedLimit.OfBytes(unused - 1) }, Data(1, used: 1000, unused: unused)).Single().Fate);
    }

    [Theory]
    [InlineData(5, 950, 50)]
    [InlineData(0, 950, 0)]
    [InlineData(50, 1000, 1000)]
    public void A_percentage_is_a_part_of_used_and_unused_together(double percent, long used, long allowed) =>
        Assert.Equal(allowed, UnusedLimit.OfPercent(percent).Beside(used));

    [Fact]
    public void The_pack_where_a_copied_byte_frees_most_goes_first_until_the_limit_is_kept() => Assert.Equal(
        [(PackFate.Keep, PackReason.WithinUnusedLimit), (PackFate.Repack, PackReason.PartlyUsed)],
        Decide(new PruneOptions { MaxUnused = UnusedLimit.OfBytes(150) }, Data(1, used: 900, unused: 100), Data(2, used: 100, unused: 900)));

    [Fact]
    public void Trees_are_repacked_within_the_limit_too() =>
        Assert.Equal([(PackFate.Repack, PackReason.PartlyUsed)], Decide(new PruneOptions { MaxUnused = UnusedLimit.Unlimited }, Trees(1, used: 1000, unused: 1)));

    [Fact]
    public void Nothing_is_repacked_beyond_the_bound()
    {
        var options = new PruneOptions { MaxRepackBytes = 0, MaxUnused = UnusedLimit.OfBytes(0) };
        Assert.Equal([(PackFate.Keep, PackReason.BeyondRepackLimit), (PackFate.Remove, PackReason.Unused)], Decide(options, Data(1, used: 10, unused: 90), Data(2, unused: 50)));
    }

    [Fact]
    public void Only_trees_are_repacked_when_only_they_may_be() => Assert.Equal(
        [(PackFate.Keep, PackReason.NotCacheable), (PackFate.Repack, PackReason.PartlyUsed)],
        Decide(new PruneOptions { RepackCacheableOnly = true, MaxUnused = UnusedLimit.OfBytes(0) }, Data(1, used: 10, unused: 90), Trees(2, used: 10, unused: 1)));

    [Theory]
    [InlineData(9, PackFate.Keep)]
    [InlineData(10, PackFate.Repack)]
    public void Small_packs_are_joined_when_there_are_ten(int count, PackFate fate)
    {
        var packs = Enumerable.Range(1, count).Select(number => Data(number, used: 1000)).ToArray();
        Assert.All(Decide(new PruneOptions { RepackSmall = true }, packs), decision => Assert.Equal(fate, decision.Fate));
        Assert.All(Decide(new PruneOptions(), packs), decision => Assert.Equal(PackFate.Keep, decision.Fate));
    }

    [Fact]
    public void A_pack_with_trees_and_data_is_taken_apart()
    {
        var mixed = Data(1, used: 1000);
        mixed.Add(Blob(1, 99, BlobType.Tree, 50), true);
        mixed.StoredBytes = mixed.IndexedBytes;
        Assert.Equal([(PackFate.Repack, PackReason.Mixed)], Decide(new PruneOptions { MaxUnused = UnusedLimit.Unlimited }, mixed));
    }

    [Fact]
    public void A_missing_pack_is_forgotten_when_nothing_needs_it_and_stops_the_prune_when_something_does()
    {
        var (unneeded, needed) = (Data(1, unused: 10), Data(2, used: 10));
        (unneeded.StoredBytes, needed.StoredBytes) = (null, null);
        var plan = PruneRule.Plan([unneeded, needed], new PruneOptions(), Now, PackSize);
        Assert.Equal((PackFate.Forget, PackReason.Missing), (plan.Packs.Single().Fate, plan.Packs.Single().Reason));
        Assert.Equal([Pack(2)], plan.NeededMissingPacks);
    }

    [Fact]
    public void A_needed_pack_of_another_length_stops_the_prune()
    {
        var cut = Data(1, used: 10);
        cut.StoredBytes--;
        Assert.Equal([Pack(1)], PruneRule.Plan([cut], new PruneOptions(), Now, PackSize).NeededPacksOfWrongLength);
    }

    [Theory]
    [InlineData(null, PackFate.Wait)]
    [InlineData(59, PackFate.Wait)]
    [InlineData(60, PackFate.Remove)]
    [InlineData(-5, PackFate.Wait)] // A mark from the future: a clock is wrong, and nothing is removed on its word.
    public void With_a_grace_time_a_pack_goes_when_its_mark_is_old_enough(int? minutesAgo, PackFate fate)
    {
        var pack = Data(1, unused: 10);
        pack.MarkedSince = minutesAgo is { } minutes ? Now.AddMinutes(-minutes) : null;
        var plan = PruneRule.Plan([pack], new PruneOptions { Grace = TimeSpan.FromHours(1) }, Now, PackSize);
        Assert.Equal(fate, plan.Packs.Single().Fate);
        Assert.Equal(fate == PackFate.Wait ? [KeyValuePair.Create(Pack(1), pack.MarkedSince ?? Now)] : [], plan.Marks);
    }

    [Fact]
    public void Beside_others_nothing_goes_and_a_mark_that_is_old_enough_is_told()
    {
        var (old, young) = (Data(1, unused: 10), Data(2, unused: 10));
        old.MarkedSince = Now.AddHours(-2);
        var plan = PruneRule.Plan([old, young, new PackUse(Pack(3)) { StoredBytes = 5 }], new PruneOptions { Grace = TimeSpan.FromHours(1), Beside = true }, Now, PackSize);
        Assert.All(plan.Packs, pack => Assert.Equal(PackFate.Wait, pack.Fate));
        Assert.Equal(1, plan.DuePacks);
        Assert.Equal(Now.AddHours(-2), plan.Marks[Pack(1)]);
        Assert.Equal(Now, plan.Marks[Pack(3)]);
    }

    [Fact]
    public void A_pack_that_is_needed_again_loses_its_mark()
    {
        var pack = Data(1, used: 10);
        pack.MarkedSince = Now.AddDays(-3);
        var plan = PruneRule.Plan([pack], new PruneOptions { Grace = TimeSpan.FromHours(1) }, Now, PackSize);
        Assert.Equal(PackFate.Keep, plan.Packs.Single().Fate);
        Assert.Empty(plan.Marks);
        Assert.False(plan.ChangesNothing);
    }

    [Fact]
    public void Whatever_the_packs_what_is_needed_stays_or_is_copied_and_the_limits_are_kept()
    {
        Gen.Select(Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Bool).Array[0, 30], Gen.Long[0, 20_000], Gen.Long[0, 5_000]).Sample((packs, maxRepack, maxUnused) =>
        {
            var uses = packs.Select((pack, number) => pack.Item3 ? Data(number, pack.Item1, pack.Item2) : Trees(number, pack.Item1, pack.Item2)).ToList();
            var options = new PruneOptions { MaxRepackBytes = maxRepack, MaxUnused = UnusedLimit.OfBytes(maxUnused) };
            var plan = PruneRule.Plan(uses, options, Now, PackSize);

            Assert.Equal(uses.Count, plan.Packs.Count);
            Assert.All(plan.Of(PackFate.Remove), pack => Assert.Equal(0, pack.UsedBlobs));
            Assert.True(plan.Of(PackFate.Repack).Sum(pack => pack.UsedBytes + pack.UnusedBytes) <= maxRepack);
            if (plan.Packs.All(pack => pack.Reason != PackReason.BeyondRepackLimit))
                Assert.True(plan.UnusedBytesAfter <= maxUnused);
        }, iter: 2_000);
    }

    private static List<(PackFate Fate, PackReason Reason)> Decide(PruneOptions options, params PackUse[] packs) =>
        [.. PruneRule.Plan(packs, options, Now, PackSize).Packs.OrderBy(pack => pack.Pack).Select(pack => (pack.Fate, pack.Reason))];

    private static PackUse Data(int number, int used = 0, int unused = 0) => Use(number, BlobType.Data, used, unused);

    private static PackUse Trees(int number, int used = 0, int unused = 0) => Use(number, BlobType.Tree, used, unused);

    private static PackUse Use(int number, BlobType type, int used, int unused)
    {
        var use = new PackUse(Pack(number));
        if (used > 0)
            use.Add(Blob(number, 1, type, used), true);
        if (unused > 0)
            use.Add(Blob(number, 2, type, unused), false);
        use.StoredBytes = Math.Max(use.IndexedBytes, 1);
        return use;
    }

    private static IndexedBlob Blob(int pack, int number, BlobType type, int length) =>
        new(type, BlobId.Of(BitConverter.GetBytes(number)), new BlobLocation(Pack(pack), 0, length, length, false));

    private static ObjectId Pack(int number)
    {
        var bytes = new byte[ObjectId.ByteLength];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, number + 1);
        return ObjectId.FromBytes(bytes);
    }
}
