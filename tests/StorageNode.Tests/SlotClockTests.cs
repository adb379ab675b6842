using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class SlotClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NoonSlot = Noon.ToUnixTimeSeconds() / 300;
    private readonly JumpingClock _clock = new(Noon);
    private readonly SlotClock _slots;

    public SlotClockTests() => _slots = new(_clock);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(299.999, 0)]
    [InlineData(300, 1)]
    [InlineData(86_400, 288)]
    public void A_slot_has_its_start_and_not_its_end(double seconds, long slots)
    {
        _clock.Pass(TimeSpan.FromSeconds(seconds));

        Assert.Equal(new SlotStamp(0, NoonSlot + slots), _slots.Now());
    }

    [Fact]
    public void The_end_of_the_slot_is_never_now()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), _slots.UntilSlotEnd());
        _clock.Pass(TimeSpan.FromSeconds(299));
        Assert.Equal(TimeSpan.FromSeconds(1), _slots.UntilSlotEnd());
    }

    [Fact]
    public void A_step_back_is_followed_at_once()
    {
        _slots.Now();
        _clock.Jump(TimeSpan.FromHours(-2));

        Assert.Equal(new SlotStamp(0, NoonSlot - 24), _slots.Now());
    }

    [Fact]
    public void A_step_back_of_more_than_a_day_begins_a_new_life_of_the_counters()
    {
        _slots.Now();
        _clock.Jump(TimeSpan.FromHours(-25));
        Assert.Equal(new SlotStamp(1, NoonSlot - 300), _slots.Now());

        _clock.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(new SlotStamp(1, NoonSlot - 299), _slots.Now());
    }

    [Fact]
    public void A_small_step_forward_is_followed_at_once()
    {
        _clock.Jump(TimeSpan.FromMinutes(5));

        Assert.Equal(NoonSlot + 1, _slots.Now().Slot);
    }

    [Fact]
    public void A_leap_forward_is_not_believed_for_ten_minutes()
    {
        _clock.Jump(TimeSpan.FromDays(365));
        Assert.Equal(NoonSlot, _slots.Now().Slot);

        _clock.Pass(TimeSpan.FromMinutes(9));
        Assert.Equal(NoonSlot + 1, _slots.Now().Slot);

        _clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(NoonSlot + (365 * 288) + 2, _slots.Now().Slot);
    }

    [Fact]
    public void A_leap_forward_that_is_taken_back_in_time_never_happened()
    {
        for (var i = 0; i < 5; i++)
        {
            _clock.Jump(TimeSpan.FromDays(3));
            Assert.Equal(NoonSlot + i, _slots.Now().Slot);
            _clock.Jump(TimeSpan.FromDays(-3));
            Assert.Equal(new SlotStamp(0, NoonSlot + i), _slots.Now());
            _clock.Pass(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public void A_quiet_day_is_no_leap()
    {
        _slots.Now();
        _clock.Pass(TimeSpan.FromDays(1));

        Assert.Equal(new SlotStamp(0, NoonSlot + 288), _slots.Now());
    }
}
