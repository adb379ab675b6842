using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.StorageNode.Metering;

/// <summary>
/// The slot of this moment, by a wall clock that may jump. A step back is followed at once. A step of more than 5 minutes forward, which may be an error that would put
/// bytes into slots that are still to come, is believed only once the clock has stood by it for 10 minutes; until then time goes on from where it was.
/// </summary>
internal sealed class SlotClock(TimeProvider clock)
{
    /// <summary>Counters of so many slots (a day) are kept after they were told, so that a clock that steps back within them goes on counting where it had been.</summary>
    public const int KeptSlots = 288;

    private static readonly TimeSpan Leap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Doubt = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private DateTimeOffset _time = clock.GetUtcNow();
    private long _mark = clock.GetTimestamp();
    private long? _doubtedSince;
    private SlotStamp _newest;

    public SlotStamp Now() => Look().Stamp;

    /// <summary>How long the present slot still lasts: more than zero, at most 5 minutes.</summary>
    public TimeSpan UntilSlotEnd()
    {
        var (stamp, time) = Look();
        return (TrafficSlot.Start(stamp.Slot + 1) - time).ToTimeSpan();
    }

    private (SlotStamp Stamp, Instant Time) Look()
    {
        lock (_lock)
        {
            var (wall, mark) = (clock.GetUtcNow(), clock.GetTimestamp());
            var expected = _time + clock.GetElapsedTime(_mark, mark);
            (_time, _mark) = (Believe(wall, expected, mark), mark);
            var time = Instant.FromDateTimeOffset(_time);
            var slot = TrafficSlot.Of(time);
            var life = slot < _newest.Slot - KeptSlots ? _newest.Life + 1 : _newest.Life;
            _newest = life != _newest.Life || slot > _newest.Slot ? new(life, slot) : _newest;
            return (new(life, slot), time);
        }
    }

    private DateTimeOffset Believe(DateTimeOffset wall, DateTimeOffset expected, long mark)
    {
        if (wall - expected > Leap)
        {
            _doubtedSince ??= mark;
            if (clock.GetElapsedTime(_doubtedSince.Value, mark) < Doubt)
                return expected;
        }

        _doubtedSince = null;
        return wall;
    }
}
