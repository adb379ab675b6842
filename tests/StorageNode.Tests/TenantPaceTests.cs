using BackupOnline.StorageNode.Shaping;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class TenantPaceTests
{
    private readonly JumpingClock _clock = new(ShelfHost.Start);
    private readonly TenantPace _pace;

    public TenantPaceTests() => _pace = new(_clock);

    [Fact]
    public void Before_the_first_answer_the_contracts_burst_holds() => Assert.Equal(100_000_000, _pace.BitsPerSecond);

    [Fact]
    public void The_next_slots_rate_begins_with_the_slot_and_stays_without_news()
    {
        _pace.Apply(new() { BitsPerSecond = 50_000_000, NextSlotBitsPerSecond = 5_000_000 }, TimeSpan.FromSeconds(20));
        Assert.Equal(50_000_000, _pace.BitsPerSecond);

        _clock.Pass(TimeSpan.FromSeconds(19.9));
        Assert.Equal(50_000_000, _pace.BitsPerSecond);
        _clock.Pass(TimeSpan.FromSeconds(0.1));
        Assert.Equal(5_000_000, _pace.BitsPerSecond);
        _clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(5_000_000, _pace.BitsPerSecond);
    }

    [Theory]
    [InlineData(0, 0, 256_000, 256_000)]
    [InlineData(-5, 1, 256_000, 256_000)]
    [InlineData(20_000_000, 0, 20_000_000, 20_000_000)]
    public void No_share_stops_a_backup_and_an_unknown_next_one_is_this_one(long now, long next, long rate, long nextRate)
    {
        _pace.Apply(new() { BitsPerSecond = now, NextSlotBitsPerSecond = next }, TimeSpan.FromSeconds(10));

        Assert.Equal(rate, _pace.BitsPerSecond);
        _clock.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(nextRate, _pace.BitsPerSecond);
    }

    [Theory]
    [InlineData(100_000_000, 1, 125_000)]
    [InlineData(100_000_000, 2000, 15_625)]
    [InlineData(5_000_000, 8, 6250)]
    [InlineData(256_000, 1, 1024)]
    [InlineData(1_000_000_000, 1, 262_144)]
    public void Pieces_are_ten_milliseconds_and_fewer_when_many_wait(long bitsPerSecond, int connections, int bytes)
    {
        _pace.Apply(new() { BitsPerSecond = bitsPerSecond, NextSlotBitsPerSecond = bitsPerSecond }, TimeSpan.FromSeconds(10));

        Assert.Equal(bytes, _pace.PieceBytes(connections));
    }

    [Fact]
    public void Directions_do_not_slow_each_other()
    {
        for (var i = 0; i < 100; i++)
            _pace.In.Take(125_000);

        Assert.False(_pace.In.IsFree);
        Assert.True(_pace.Out.IsFree);
        Assert.Equal(12_500_000, _pace.In.Use.Bytes);
    }

    [Fact]
    public void Demand_is_what_is_used_and_twice_the_share_where_it_is_held_back()
    {
        var demand = new Demand(_pace, _clock);
        Assert.Equal(0, demand.Estimate());

        _pace.Out.Take(5_000_000 / 8);
        _clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(1_250_000, demand.Estimate());

        // Five connections that always want more: each waits until it may.
        for (var i = 0; i < 500; i++)
        {
            _pace.In.Take(125_000);
            _clock.Pass(i < 5 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(demand.Estimate(), 199_000_000, 203_000_000);
        _clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(0, demand.Estimate());
    }
}
