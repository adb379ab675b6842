using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>The backup run of a machine that has not ended; there is one at most.</summary>
/// <param name="Day">The civil day that it was opened for.</param>
/// <param name="IsRunning">An agent holds the lease.</param>
/// <param name="IsExtra">Somebody asked for it on a day that had its point.</param>
public sealed record VmOpenRun(LocalDate Day, bool IsRunning, bool IsExtra = false);
