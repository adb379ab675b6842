namespace BackupOnline.Rules.Contracts;

/// <summary>The price of a period, from period <paramref name="Period"/> on, in hundredths.</summary>
public sealed record PriceFrom(int Period, long Cents);
