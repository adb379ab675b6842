using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.StorageNode.Metering;

namespace BackupOnline.StorageNode.Tests;

public sealed class SlotLedgerTests
{
    private readonly SlotLedger _ledger = new();

    [Fact]
    public void Counters_are_cumulative_and_told_until_they_are_acknowledged()
    {
        _ledger.Add(new(0, 10), 5, 1);
        Assert.Equal([Slot(10, 5, 1)], Tell(10));
        _ledger.Add(new(0, 10), 2, 0);
        Assert.Equal([Slot(10, 7, 1)], Tell(10));

        _ledger.Taken(0, [Slot(10, 7, 1)]);
        Assert.Empty(Tell(10));

        _ledger.Add(new(0, 10), 0, 4);
        Assert.Equal([Slot(10, 7, 5)], Tell(11));
    }

    [Fact]
    public void What_came_after_the_report_is_told_though_the_report_was_acknowledged()
    {
        _ledger.Add(new(0, 10), 5, 0);
        var told = Tell(10);
        _ledger.Add(new(0, 10), 3, 0);
        _ledger.Taken(0, told);

        Assert.Equal([Slot(10, 8, 0)], Tell(10));
    }

    [Fact]
    public void A_slot_that_comes_again_after_a_step_back_goes_on_counting()
    {
        _ledger.Add(new(0, 10), 5, 0);
        _ledger.Taken(0, Tell(10));
        Assert.Empty(Tell(10 + SlotClock.KeptSlots));
        _ledger.Add(new(0, 10), 1, 0);

        Assert.Equal([Slot(10, 6, 0)], Tell(10));
    }

    [Fact]
    public void Lives_are_told_apart()
    {
        _ledger.Add(new(0, 1000), 5, 0);
        _ledger.Tell(new(0, 1000));
        _ledger.Add(new(1, 10), 7, 0);

        // Slot 1000 may be known already, so it stays where it is, and waits for its time.
        var told = _ledger.Tell(new(1, 10));
        Assert.Equal(1, Assert.Single(told).Life);
        Assert.Equal([Slot(10, 7, 0)], told[0].Slots);
        Assert.Equal([0, 1], _ledger.Tell(new(1, 1000)).Select(life => life.Life));
    }

    [Fact]
    public void Bytes_of_a_future_that_nobody_took_go_to_the_present()
    {
        _ledger.Add(new(0, 1000), 5, 3);
        var told = Tell(1000);
        _ledger.Refused(0, told);
        _ledger.Add(new(1, 10), 1, 1);

        Assert.Equal([Slot(10, 6, 4)], Assert.Single(_ledger.Tell(new(1, 10))).Slots.ToArray());
    }

    [Fact]
    public void Bytes_of_a_future_that_was_taken_are_not_counted_twice()
    {
        _ledger.Add(new(0, 1000), 5, 0);
        _ledger.Taken(0, Tell(1000));
        _ledger.Refused(0, [Slot(1000, 5, 0)]);

        Assert.Empty(_ledger.Tell(new(1, 10)));
    }

    [Fact]
    public void Two_weeks_without_the_cluster_are_kept_and_no_more()
    {
        for (var slot = 0; slot < SlotLedger.MostSlots + 10; slot++)
            _ledger.Add(new(0, slot), 1, 1);

        var told = Tell(SlotLedger.MostSlots + 10);
        Assert.Equal((SlotLedger.MostSlots, 10L, 10), (told.Length, told[0].Slot, _ledger.GivenUp));
    }

    [Fact]
    public void What_was_taken_is_forgotten_after_a_day()
    {
        _ledger.Add(new(0, 10), 1, 1);
        Assert.False(_ledger.IsSpent(new(0, 5000)));
        _ledger.Taken(0, Tell(10));

        Assert.False(_ledger.IsSpent(new(0, 10 + SlotClock.KeptSlots)));
        Assert.True(_ledger.IsSpent(new(0, 11 + SlotClock.KeptSlots)));
    }

    private ImmutableArray<SlotTraffic> Tell(long now) => _ledger.Tell(new(0, now)) is [var life] ? life.Slots : [];

    private static SlotTraffic Slot(long slot, long inBytes, long outBytes) => new() { Slot = slot, InBytes = inBytes, OutBytes = outBytes };
}
