namespace BackupOnline.Rules.Availability;

/// <summary>What availability is owed, and what its lack credits (article 6).</summary>
public sealed record SlaPolicy
{
    public static SlaPolicy Default { get; } = new();

    /// <summary>A month credits when its unavailability is above this many per cent, strictly; default 1. The text can also be read as 11: more than 1 point above the 10 that are tolerated.</summary>
    public int TriggerPercent { get; init; } = 1;

    /// <summary>How many times the unavailable time is credited; default 5.</summary>
    public int CreditFactor { get; init; } = 5;

    /// <summary>Availability in per cent that is committed to; default 90. Less of it is an incident.</summary>
    public int CommitmentPercent { get; init; } = 90;
}
