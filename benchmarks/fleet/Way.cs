namespace BackupOnline.Fleet;

/// <summary>How the tenants of a variant send.</summary>
public enum Way
{
    /// <summary>Everything at once, at up to 100 Mbit/s.</summary>
    AtOnce = 0,

    /// <summary>Never above 5 Mbit/s.</summary>
    HardLimit = 1,

    /// <summary>At once, with a burst that is lowered after a month above the limit: article 7 taken literally.</summary>
    LiteralLadder = 2,

    /// <summary>As <c>Rules/Traffic/PacingRule</c> plans.</summary>
    Paced = 3,
}
