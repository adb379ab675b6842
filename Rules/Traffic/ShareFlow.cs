namespace BackupOnline.Rules.Traffic;

/// <summary>One that wants a part of a link.</summary>
/// <param name="Weight">Above 0.</param>
/// <param name="Demand">What it would use at the most, in the capacity's unit, 0 or more.</param>
public readonly record struct ShareFlow(Fraction Weight, Fraction Demand);
