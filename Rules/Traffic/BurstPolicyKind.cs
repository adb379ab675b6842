namespace BackupOnline.Rules.Traffic;

/// <summary>How a month above the limit acts on the next one (contract article 7).</summary>
public enum BurstPolicyKind
{
    /// <summary>Burst credits and quiet ceiling: <see cref="StandingRule"/>, <see cref="QuietCeilingRule"/>. The default.</summary>
    Credits = 0,

    /// <summary>The contract's words taken literally: <see cref="LiteralLadderRule"/>.</summary>
    LiteralLadder = 1,
}
