namespace BackupOnline.Rules.Retention;

/// <summary>What a recovery point is worth.</summary>
public enum PointState
{
    /// <summary>Complete and trusted.</summary>
    Good = 0,

    /// <summary>Complete, but something about it is odd (mass encryption, a collapse of size): kept as a good one, and trusted for nothing.</summary>
    Suspect = 1,

    /// <summary>Begun and not ended: the next attempt may resume from it.</summary>
    Partial = 2,

    /// <summary>Worth nothing.</summary>
    Failed = 3,
}
