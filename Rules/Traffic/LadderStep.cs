namespace BackupOnline.Rules.Traffic;

/// <summary>The next month's burst after the literal ladder.</summary>
public readonly record struct LadderStep(long NextBurstKbps, LadderAction Action);
