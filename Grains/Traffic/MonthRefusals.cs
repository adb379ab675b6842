using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Traffic;

/// <summary>Why a month cannot be shown or corrected.</summary>
internal static class MonthRefusals
{
    public static Refusal Malformed { get; } = Refusal.Invalid("month-invalid", "A month is written as 2026-11, from the year 2000 to 2199.");

    public static Refusal NotBegun { get; } = Refusal.NotFound("month-not-begun", "This month has not begun. Ask for the present one or an earlier one.");

    public static Refusal BeforeTenant { get; } = Refusal.NotFound("month-before-tenant", "The tenant did not exist in this month. Ask for a later one.");

    public static Refusal NotSealed { get; } = Refusal.Conflict("month-not-sealed", "Only a sealed month can be corrected: months are sealed 48 hours after their end.");
}
