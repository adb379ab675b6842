using BackupOnline.Rules.Schedules;
using NodaTime;

namespace BackupOnline.Grains.Schedules;

/// <summary>How schedule partitions work; see <see cref="FiringPolicy"/> for the numbers of failures.</summary>
public sealed class ScheduleOptions
{
    /// <summary>A partition looks at its rows at least this often, whatever it knows of them; 0.1 seconds to 1 minute. Shorter finds sooner what a lost
    /// poke left, for one small query per partition each time. Default 15 seconds.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A claimed row is nobody else's for this long; 2 seconds to 1 hour, and longer than <see cref="AnswerWithin"/>. When a silo dies, what it was
    /// firing is delivered again after the lease's end. Default 1 minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A target that has not answered by then has failed, as far as the record goes; 0.5 seconds to 1 minute. What takes longer is started by the
    /// firing, not waited for. Default 10 seconds.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Firings of one partition that are under way at once; 1 to 500. More starts a crowd sooner, and wakes more grains at the same time. Default 192.</summary>
    public int InFlight { get; set; } = 192;

    /// <summary>Each silo makes sure this often that every partition is at work; 0.5 seconds to 1 minute. Default 10 seconds.</summary>
    public TimeSpan WatchEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the second attempt; 0.1 seconds to 1 hour, doubled for each further one. Default 30 seconds.</summary>
    public TimeSpan BackOff { get; set; } = FiringPolicy.Default.BackOff.ToTimeSpan();

    /// <summary>The longest such wait; up to 24 hours. Default 1 hour.</summary>
    public TimeSpan MaxBackOff { get; set; } = FiringPolicy.Default.MaxBackOff.ToTimeSpan();

    /// <summary>A start that much after its due instant goes into the record as late; 1 second to 1 day. Default 1 minute.</summary>
    public TimeSpan LateAfter { get; set; } = FiringPolicy.Default.LateAfter.ToTimeSpan();

    internal FiringPolicy ToPolicy() => new()
    {
        BackOff = Duration.FromTimeSpan(BackOff),
        MaxBackOff = Duration.FromTimeSpan(MaxBackOff),
        LateAfter = Duration.FromTimeSpan(LateAfter),
    };
}
