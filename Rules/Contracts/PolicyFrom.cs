namespace BackupOnline.Rules.Contracts;

/// <summary>The numbers that hold from period <paramref name="Period"/> on.</summary>
public sealed record PolicyFrom(int Period, ContractPolicy Policy);
