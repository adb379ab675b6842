namespace BackupOnline.Rules.Traffic;

/// <summary>What a running month is heading for. Bytes per slot, and bytes for the volume.</summary>
/// <param name="P95Bytes">The percentile with the expected rest; the larger direction under higher-of-in-out.</param>
/// <param name="NaiveBytes">The percentile of the elapsed part alone: misleading, see <see cref="MonthOutlook.NaiveMonthToDateBytes"/>.</param>
/// <param name="VolumeBytes">As <see cref="MonthMeasure.VolumeBytes"/>, with the expected rest.</param>
public readonly record struct MonthForecast(long P95Bytes, long NaiveBytes, long VolumeBytes);
