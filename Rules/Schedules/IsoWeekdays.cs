using NodaTime;

namespace BackupOnline.Rules.Schedules;

/// <summary>A set of ISO weekdays.</summary>
public readonly record struct IsoWeekdays
{
    private const int Everything = 0b1111_1110;

    // Bit n stands for ISO weekday n; no bit at all means every day, so that the default value is a daily schedule.
    private readonly int bits;

    private IsoWeekdays(int bits) => this.bits = bits == Everything ? 0 : bits;

    public static IsoWeekdays All { get; }

    /// <summary>1 is Monday, 7 is Sunday; repeated numbers count once, none at all is every day.</summary>
    public static IsoWeekdays Of(params ReadOnlySpan<int> days)
    {
        var bits = 0;
        foreach (var day in days)
        {
            if (day is < 1 or > 7) throw new ArgumentOutOfRangeException(nameof(days), day, "ISO weekdays are 1 (Monday) to 7 (Sunday).");
            bits |= 1 << day;
        }

        return new(bits);
    }

    public bool Contains(IsoDayOfWeek day) => bits == 0 || (bits & (1 << (int)day)) != 0;
}
