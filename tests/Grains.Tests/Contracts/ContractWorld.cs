using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Contracts;
using NodaTime;
using Npgsql;

namespace BackupOnline.Grains.Tests.Contracts;

/// <summary>A tenant with a contract, and what most tests do with it.</summary>
internal sealed class ContractWorld(GrainCluster cluster, World? known = null)
{
    public const long Cents = 29_970;

    public static readonly string[] Kinds = ["contract.boundary", "contract.notice", "contract.deadline", "contract.tell-tenant"];

    private readonly World world = known ?? new(cluster);

    public string Tenant => world.Tenant;

    public World World => world;

    public DateTimeOffset Now => cluster.Clock.GetUtcNow();

    public NpgsqlDataSource Database => cluster.Database;

    public IContractGrain Grain => cluster.Grains.Get(new ContractKey(Tenant));

    public static async Task<ContractWorld> OrderedAsync(GrainCluster cluster, ClientClass client = ClientClass.Professional)
    {
        var made = new ContractWorld(cluster);
        await made.world.WithTenantAsync();
        await World.Must(made.OrderAsync(client));
        return made;
    }

    public static async Task<ContractWorld> PaidAsync(GrainCluster cluster, ClientClass client = ClientClass.Professional)
    {
        var made = await OrderedAsync(cluster, client);
        await World.Must(made.PayAsync("first"));
        return made;
    }

    /// <summary>The same contract, asked through another cluster.</summary>
    public ContractWorld In(GrainCluster other) => new(other, world);

    public Task<Reply<ContractView>> OrderAsync(ClientClass client = ClientClass.Professional, Caller? caller = null) => Grain.OrderAsync(
        new() { Caller = caller ?? World.NewCaller(), ClientClass = client, PriceCents = Cents, Currency = "EUR", Contact = "it@example.com" }, default);

    public Task<Reply<PaymentView>> PayAsync(string reference, long cents = Cents, string currency = "EUR", DateTimeOffset? at = null) => Grain.RecordPaymentAsync(
        new() { Caller = World.NewCaller(), Reference = reference, AmountCents = cents, Currency = currency, PaidAt = at ?? Now }, default);

    public Task<Reply<ContractView>> NoticeAsync(bool atOnce = false) =>
        Grain.GiveNoticeAsync(new() { Caller = World.NewCaller(), AtOnce = atOnce, Reason = "moving" }, default);

    public async Task<ContractView> ReadAsync() => await World.Must(Grain.ReadAsync(default));

    /// <summary>Moves the clock to an instant, or leaves it when that is past.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant > Now) cluster.Clock.Advance(instant - Now);
    }

    /// <summary>One delivery, as the schedule's partition would make it.</summary>
    public Task<FiringOutcome> FireAsync(string kind) => cluster.Grains.GetGrain<IScheduledGrain>(Grain.GetGrainId()).FireAsync(
        new() { Schedule = $"{kind.Replace('.', '-')}/{Tenant}", Kind = kind, DueAt = Now, Attempt = 1 }, default);

    public async Task<IReadOnlyList<string>> EventsAsync() => [.. (await FactsAsync()).Select(fact => fact.Event)];

    /// <summary>The contract's own facts in the tenant's log, in their order.</summary>
    public async Task<IReadOnlyList<FactRow>> FactsAsync()
    {
        await cluster.Grains.Get(new LogKey(Tenant)).DrainAsync(default);
        var entries = await cluster.Log.PageAsync(Tenant, 0, 1_000, default);
        return [.. entries.Select(entry => entry.Fact).Where(fact => fact.Subject == $"contract/{Tenant}")];
    }

    /// <summary>The start of a civil day in Paris.</summary>
    public static DateTimeOffset Midnight(DateOnly day) =>
        ContractPolicy.Default.Zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToInstant().ToDateTimeOffset();
}
