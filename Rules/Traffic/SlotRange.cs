namespace BackupOnline.Rules.Traffic;

/// <summary>A run of slots, half-open.</summary>
public readonly record struct SlotRange(long From, long To)
{
    public bool Holds(long slot) => slot >= From && slot < To;
}
