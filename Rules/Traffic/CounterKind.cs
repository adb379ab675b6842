namespace BackupOnline.Rules.Traffic;

/// <summary>What a counter did between two readings.</summary>
public enum CounterKind
{
    Ok = 0,
    Wrap = 1,
    Reset = 2,
}
