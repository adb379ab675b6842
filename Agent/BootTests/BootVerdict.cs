namespace BackupOnline.Agent.BootTests;

/// <summary>The outcome of a boot test.</summary>
/// <param name="Decision">Good or bad, and why.</param>
/// <param name="Took">From the start of the machine to the decision.</param>
/// <param name="Serial">The last of what came on the serial line.</param>
/// <param name="Picture">The screen at the decision, PNG; null when the machine was gone by then.</param>
/// <param name="BytesFetched">Of the disks, as the machine asked for them: little beside a copy of them.</param>
internal sealed record BootVerdict(BootDecision Decision, TimeSpan Took, string Serial, byte[]? Picture, long BytesFetched);
