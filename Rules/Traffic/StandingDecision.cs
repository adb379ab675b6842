namespace BackupOnline.Rules.Traffic;

/// <summary>The next month's standing, and why.</summary>
public readonly record struct StandingDecision(BurstStanding Next, StandingReason Reason);
