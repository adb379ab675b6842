using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>A civil month in slots: the first one, and the first one after it.</summary>
public readonly record struct MonthWindow(YearMonth Month, long From, long To)
{
    /// <summary>Slots that the 95th percentile leaves out: floor(n/20).</summary>
    public int Free => (int)((To - From) / 20);

    public static MonthWindow Of(FleetModel model, YearMonth month)
    {
        var first = month.OnDayOfMonth(1);
        return new MonthWindow(month, model.SlotOf(first, LocalTime.Midnight), model.SlotOf(first.PlusMonths(1), LocalTime.Midnight));
    }
}
