using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>What the daily backup that began on a civil day sent, in bytes. Days without one are not listed.</summary>
public readonly record struct DayVolume(LocalDate Day, long Bytes);
