namespace BackupOnline.Rules.Traffic;

/// <summary>As <see cref="ShareFlow"/>, in whole numbers: weights as multiples of the smallest one.</summary>
public readonly record struct WholeFlow(int Weight, long Demand);
