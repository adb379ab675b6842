using System.Collections.Immutable;

namespace BackupOnline.Rules.Contracts;

/// <summary>The answer to a command: events (none for a repetition), or the reason of a refusal. A payment that is turned away has both: it is refused, and recorded.</summary>
public sealed record ContractDecision
{
    private ContractDecision(ImmutableArray<ContractEvent> events, ContractRefusal? refusal)
    {
        Events = events;
        Refusal = refusal;
    }

    /// <summary>The command changes nothing: it is a repetition, or nothing is due.</summary>
    public static ContractDecision Nothing { get; } = new([], null);

    public ImmutableArray<ContractEvent> Events { get; }

    public ContractRefusal? Refusal { get; }

    public static ContractDecision Accept(params ImmutableArray<ContractEvent> events) => new(events, null);

    public static ContractDecision Refuse(ContractRefusal refusal) => new([], refusal);

    public static ContractDecision TurnAway(ContractEvent.PaymentRecorded payment) => new([payment], payment.Payment.TurnedAway);
}
