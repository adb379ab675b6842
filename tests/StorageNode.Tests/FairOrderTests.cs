using BackupOnline.StorageNode.Shaping;

namespace BackupOnline.StorageNode.Tests;

public sealed class FairOrderTests
{
    private readonly FairOrder<int> _order = new();

    [Fact]
    public void Equal_tenants_get_equal_parts_however_many_connections_and_however_large_pieces_they_have()
    {
        var sent = Serve([(1, 8, 32 << 10), (1, 1, 256 << 10), (1, 3, 4 << 10)], 300 << 20);

        Assert.All(sent, bytes => Assert.InRange(bytes, sent.Average() * 0.99, sent.Average() * 1.01));
    }

    [Fact]
    public void Weights_divide_the_link()
    {
        var sent = Serve([(WorkWeight.Restore, 2, 64 << 10), (WorkWeight.Daily, 2, 64 << 10), (WorkWeight.Patient, 2, 64 << 10)], 300 << 20);

        Assert.InRange((double)sent[0] / sent[1], 3.96, 4.04);
        Assert.InRange((double)sent[1] / sent[2], 3.96, 4.04);
    }

    [Fact]
    public void Who_was_away_has_saved_up_nothing_and_owes_nothing()
    {
        var (early, late) = (new FairFlow(), new FairFlow());
        for (var i = 0; i < 1000; i++)
        {
            _order.Add(early, 1000, 1, 0);
            _order.Next();
        }

        for (var i = 0; i < 10; i++)
        {
            _order.Add(early, 1000, 1, 0);
            _order.Add(late, 1000, 1, 1);
        }

        var first = Enumerable.Range(0, 10).Select(_ => _order.Next()).ToList();
        Assert.InRange(first.Count(who => who == 1), 5, 6);
    }

    [Theory]
    [InlineData(true, null, 4)]
    [InlineData(false, null, 1)]
    [InlineData(false, "seeding", 0.25)]
    [InlineData(true, "verification", 0.25)]
    [InlineData(false, "restore", 1)]
    public void A_header_can_only_lower_the_weight(bool isRestore, string? work, double weight) => Assert.Equal(weight, WorkWeight.Of(isRestore, work));

    // Every connection of every tenant has a piece waiting at all times.
    private long[] Serve((double Weight, int Connections, int Piece)[] tenants, long bytes)
    {
        var flows = tenants.Select(_ => new FairFlow()).ToArray();
        var sent = new long[tenants.Length];
        for (var i = 0; i < tenants.Length; i++)
        {
            for (var c = 0; c < tenants[i].Connections; c++)
                _order.Add(flows[i], tenants[i].Piece, tenants[i].Weight, i);
        }

        while (sent.Sum() < bytes)
        {
            var i = _order.Next();
            sent[i] += tenants[i].Piece;
            _order.Add(flows[i], tenants[i].Piece, tenants[i].Weight, i);
        }

        return sent;
    }
}
