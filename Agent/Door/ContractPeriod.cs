namespace BackupOnline.Agent.Door;

/// <summary>The present period of the contract, half-open.</summary>
internal sealed record ContractPeriod(int Index, DateTimeOffset Start, DateOnly EndDate, long PriceCents);
