using System.Text.Json.Serialization;
using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Lines;

/// <summary>The contract of the tenant that this machine belongs to. Money in hundredths, credits in seconds, days as civil days of the contract's zone.</summary>
internal sealed record ContractLine(
    string Tenant,
    string? Standing,
    bool Suspended,
    int? Period,
    DateTimeOffset? PeriodStart,
    DateOnly? PeriodEnd,
    DateOnly? RenewsOn,
    DateOnly? LastDayForNotice,
    DateTimeOffset? EndsAt,
    bool MayLeaveAtOnce,
    long CreditSeconds,
    long? PriceCents,
    long? LiabilityCapCents,
    string? Currency)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "contract";

    public static ContractLine Of(string tenant, Contract contract) => new(
        tenant, contract.Standing, contract.Suspended, contract.Period?.Index, contract.Period?.Start, contract.Period?.EndDate, contract.RenewsOn, contract.LastDayForNotice,
        contract.Termination?.EndsAt, contract.MayLeaveAtOnce, contract.CreditSeconds, contract.Period?.PriceCents, contract.LiabilityCapCents, contract.Currency);
}
