using System.Collections.Immutable;
using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>A contract as it is lived: a clock that only moves when it is told to, and every event in the order in which it happened.</summary>
internal sealed class Life
{
    public const string Customer = "key:acme/k1";
    public const string OperatorA = "key:provider/k1";
    public const string OperatorB = "key:provider/k2";
    public const long Cents = 29_970;

    private ContractRecord? contract;
    private int payments;

    public Life(Instant orderedAt, ContractClient client = ContractClient.Professional, ContractPolicy? policy = null, bool isOrdered = true)
    {
        Now = orderedAt;
        if (isOrdered) Assert.Null(Do(new ContractCommand.Order(client, "EUR", Cents, policy ?? ContractPolicy.Default)));
    }

    public Instant Now { get; private set; }

    public List<ContractEvent> Events { get; } = [];

    public ContractRecord Contract => contract!;

    public ContractMoment Moment => ContractClock.At(Contract, Now);

    public ImmutableArray<NoticeDuty> Duties => NoticeRoll.At(Contract, Now);

    public static Life Paid(Instant at, ContractClient client = ContractClient.Professional, ContractPolicy? policy = null)
    {
        var life = new Life(at, client, policy);
        life.Pay(at);
        return life;
    }

    /// <summary>Lets time pass to <paramref name="instant"/> at once; what has fallen due is told.</summary>
    public Life MoveTo(Instant instant)
    {
        Now = instant;
        Carry(ContractRule.Decide(contract, new ContractCommand.PassTime(), Now));
        return this;
    }

    /// <summary>The start of a civil day in Paris.</summary>
    public Life MoveTo(int year, int month, int day) => MoveTo(Paris(year, month, day));

    public void Pay(Instant paidAt, long cents = Cents)
    {
        if (Now < paidAt) Now = paidAt;
        Assert.Null(Do(new ContractCommand.Pay($"pay-{++payments}", cents, "EUR", paidAt)));
    }

    /// <summary>Judges and applies, with what fell due before and after.</summary>
    public ContractRefusal? Do(ContractCommand command)
    {
        Carry(ContractRule.Decide(contract, new ContractCommand.PassTime(), Now));
        var decision = ContractRule.Decide(contract, command, Now);
        Carry(decision);
        Carry(ContractRule.Decide(contract, new ContractCommand.PassTime(), Now));
        return decision.Refusal;
    }

    public static Instant Paris(int year, int month, int day, int hour = 0, int minute = 0) =>
        new LocalDateTime(year, month, day, hour, minute).InZoneLeniently(ContractPolicy.Default.Zone).ToInstant();

    private void Carry(ContractDecision decision)
    {
        foreach (var happened in decision.Events)
        {
            Events.Add(happened);
            contract = ContractRule.Apply(contract, happened);
        }
    }
}
