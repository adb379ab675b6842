using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>What may happen to a contract. The set is closed. <c>By</c> is a pseudonymous actor.</summary>
public abstract record ContractCommand
{
    private ContractCommand()
    {
    }

    /// <param name="Cents">Price of a period, 1 or more.</param>
    public sealed record Order(ContractClient Client, string Currency, long Cents, ContractPolicy Policy) : ContractCommand;

    public sealed record Pay(string Reference, long Cents, string Currency, Instant PaidAt) : ContractCommand;

    /// <summary>The customer ends the contract with the present period, or at once. An order without a payment is withdrawn.</summary>
    public sealed record GiveNotice(string By, string Reason, bool AtOnce) : ContractCommand;

    public sealed record WithdrawNotice(string By) : ContractCommand;

    public sealed record Suspend(string By, string Reason) : ContractCommand;

    public sealed record Resume(string By, string Reason) : ContractCommand;

    public sealed record ProposeAbuse(string By, string Reason) : ContractCommand;

    public sealed record JudgeAbuse(string By, string Reason, bool Confirmed) : ContractCommand;

    /// <summary>A price from the next period on.</summary>
    public sealed record ChangePrice(long Cents) : ContractCommand;

    /// <summary>Other numbers from the next period on.</summary>
    public sealed record ChangePolicy(ContractPolicy Policy) : ContractCommand;

    /// <param name="Outages">All attributable outages of the month.</param>
    public sealed record SealMonth(YearMonth Month, ImmutableArray<Interval> Outages) : ContractCommand;

    /// <param name="Outages">All attributable outages of the month, as they are known now.</param>
    public sealed record CorrectMonth(YearMonth Month, ImmutableArray<Interval> Outages, string Reason) : ContractCommand;

    public sealed record RecordNotice(GivenNotice Notice) : ContractCommand;

    public sealed record RecordRefund(string Reference) : ContractCommand;

    public sealed record CertifyErasure(string By, string CertificateSha256) : ContractCommand;

    /// <summary>A clock struck: what has fallen due is told, in order.</summary>
    public sealed record PassTime : ContractCommand;
}
