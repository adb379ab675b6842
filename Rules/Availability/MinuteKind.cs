namespace BackupOnline.Rules.Availability;

/// <summary>What a minute of a tenant was.</summary>
public enum MinuteKind
{
    /// <summary>Nothing is owed: no vault yet, or suspended.</summary>
    NotCounted = 0,

    /// <summary>Every vault was probed, and every probe was good.</summary>
    Up = 1,

    /// <summary>A probe of a vault failed, or an operator declared it down.</summary>
    Failed = 2,

    /// <summary>No probe failed, and a vault has no result.</summary>
    Unprobed = 3,
}
