namespace BackupOnline.Agent.Door;

/// <summary>The tenant's contract as the door shows it: what the agent shows of it.</summary>
internal sealed record Contract(
    string? Standing,
    DateTimeOffset? FirstPaymentAt,
    ContractPeriod? Period,
    DateOnly? RenewsOn,
    DateOnly? LastDayForNotice,
    long CreditSeconds,
    string? Currency,
    long? LiabilityCapCents,
    bool MayLeaveAtOnce,
    bool Suspended,
    ContractTermination? Termination,
    string? TimeZone = null);
