using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Grains.Tenants;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BackupOnline.Grains.Contracts;

/// <summary>The verbs of a contract's life. <see cref="ContractRule"/> decides; what follows from its events stands in the other files.</summary>
internal sealed partial class ContractGrain(
    IGrainContext context,
    [PersistentState(StateNames.Contract, RecordedStorage.Name)] IPersistentState<ContractState> store,
    IOptions<ContractOptions> options,
    TimeProvider clock,
    ILogger<ContractGrain> logger) : RecordedGrain<ContractState, ContractView>(store, clock), IContractGrain, IScheduledGrain
{
    /// <summary>Bounds that keep the state small: a payment a week for a century, and as many notices.</summary>
    private const int MaxPayments = 5_000;

    private const int MaxNotices = 5_000;

    private ContractKey Key { get; } = ContractKey.Parse(context.GrainId.Key.ToString()!);

    private Instant Instant => Instant.FromDateTimeOffset(Now);

    public async Task<Reply<ContractView>> OrderAsync(OrderContract request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckOrder(request)) is { } wrong) return wrong;

        var tenant = await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation);
        if (!tenant.Succeeded) return tenant.Refusal;

        var operation = Operation.Of(request.Caller, "order", request.ClientClass, request.PriceCents, request.Currency, request.Contact);
        if (Recall(operation) is { } known) return known;
        if (TenantGate.WhyNot(tenant.Value) is { } closed) return closed;

        var order = new ContractCommand.Order((ContractClient)request.ClientClass, request.Currency, request.PriceCents, options.Value.ToPolicy());
        return await ObeyAsync(request.Caller, operation, order, accepted: () => State.Contact = request.Contact);
    }

    public Task<Reply<ContractView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Present() is { } view ? Reply<ContractView>.Done(view) : Unknown.Contract);

    public async Task<Reply<ContractView>> GiveNoticeAsync(GiveNotice request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 0, 500)) is { } wrong) return wrong;
        var operation = Operation.Of(request.Caller, "give-notice", request.AtOnce, request.Reason);
        return await ObeyAsync(request.Caller, operation, new ContractCommand.GiveNotice(request.Caller.Actor, request.Reason, request.AtOnce));
    }

    public async Task<Reply<ContractView>> WithdrawNoticeAsync(WithdrawNotice request, CancellationToken cancellation)
    {
        if (Check.Caller(request.Caller) is { } wrong) return wrong;
        return await ObeyAsync(request.Caller, Operation.Of(request.Caller, "withdraw-notice"), new ContractCommand.WithdrawNotice(request.Caller.Actor));
    }

    public async Task<Reply<ContractView>> SuspendAsync(SuspendContract request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500)) is { } wrong) return wrong;
        var operation = Operation.Of(request.Caller, "suspend", request.Suspended, request.Reason);
        return await ObeyAsync(request.Caller, operation, request.Suspended
            ? new ContractCommand.Suspend(request.Caller.Actor, request.Reason)
            : new ContractCommand.Resume(request.Caller.Actor, request.Reason));
    }

    public async Task<Reply<ContractView>> ProposeAbuseTerminationAsync(ProposeAbuseTermination request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500)) is { } wrong) return wrong;
        var operation = Operation.Of(request.Caller, "propose-abuse", request.Reason);
        return await ObeyAsync(request.Caller, operation, new ContractCommand.ProposeAbuse(request.Caller.Actor, request.Reason));
    }

    public async Task<Reply<ContractView>> JudgeAbuseTerminationAsync(JudgeAbuseTermination request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500)) is { } wrong) return wrong;
        var operation = Operation.Of(request.Caller, "judge-abuse", request.Confirmed, request.Reason);
        return await ObeyAsync(request.Caller, operation, new ContractCommand.JudgeAbuse(request.Caller.Actor, request.Reason, request.Confirmed));
    }

    public async Task<Reply<ContractView>> ChangePriceAsync(ChangePrice request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? ContractChecks.Amount(request.PriceCents, "price")) is { } wrong) return wrong;
        return await ObeyAsync(request.Caller, Operation.Of(request.Caller, "change-price", request.PriceCents), new ContractCommand.ChangePrice(request.PriceCents));
    }

    public async Task<Reply<ContractView>> RecordRefundAsync(RecordRefund request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reference, "reference", 1, 100)) is { } wrong) return wrong;
        return await ObeyAsync(request.Caller, Operation.Of(request.Caller, "refund", request.Reference), new ContractCommand.RecordRefund(request.Reference));
    }

    public async Task<Reply<ContractView>> CertifyErasureAsync(CertifyErasure request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Hash(request.CertificateSha256, "certificate hash")) is { } wrong) return wrong;
        var operation = Operation.Of(request.Caller, "certify-erasure", request.CertificateSha256);
        return await ObeyAsync(request.Caller, operation, new ContractCommand.CertifyErasure(request.Caller.Actor, request.CertificateSha256));
    }

    protected override ContractView ToView(long version) => ContractViews.View(Key.Tenant, State.Contact, State.Record!, Instant, version);

    private static Refusal? CheckOrder(OrderContract request) =>
        Check.Known(request.ClientClass, "client class")
        ?? ContractChecks.Amount(request.PriceCents, "price")
        ?? ContractChecks.Currency(request.Currency)
        ?? Check.Text(request.Contact, "contact", 3, 300);
}
