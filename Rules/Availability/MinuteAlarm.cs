namespace BackupOnline.Rules.Availability;

/// <summary>Where a vault's alarm stands: debounced, so that a single bad minute wakes nobody.</summary>
/// <param name="IsDown">The alarm was raised and not taken back.</param>
/// <param name="Streak">Minutes in a row that speak against the present standing.</param>
/// <param name="Last">The newest minute heard of; <see cref="MinuteRule.Number"/>.</param>
public readonly record struct MinuteAlarm(bool IsDown, int Streak, long Last)
{
    /// <summary>No minute heard of.</summary>
    public static MinuteAlarm Quiet { get; } = new(false, 0, long.MinValue);
}
