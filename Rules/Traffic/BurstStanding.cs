namespace BackupOnline.Rules.Traffic;

/// <summary>How a tenant may burst in a month.</summary>
public enum BurstStanding
{
    /// <summary>The burst at any time.</summary>
    Free = 0,

    /// <summary>The burst for the credits less the reserve; outside them the quiet ceiling.</summary>
    Conformity = 1,
}
