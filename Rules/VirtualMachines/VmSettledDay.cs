using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>A civil day that is over.</summary>
public sealed record VmSettledDay(LocalDate Day, VmDayStanding Standing);
