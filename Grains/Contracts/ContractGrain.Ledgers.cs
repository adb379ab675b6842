using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Grains.Contracts;

/// <summary>What a contract keeps lists of: payments, months and their credits, notices.</summary>
internal sealed partial class ContractGrain
{
    public async Task<Reply<PaymentView>> RecordPaymentAsync(RecordPayment request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckPayment(request)) is { } wrong) return wrong;

        // Known by the reference too: a payment service may repeat under new operation ids.
        var operation = Operation.Of(request.Caller, "pay", request.Reference, request.AmountCents, request.Currency);
        if (State.Record?.Payments.Length >= MaxPayments) return Refusal.Conflict("too-many-payments", $"A contract holds at most {MaxPayments} payments. Ask the provider.");
        var pay = new ContractCommand.Pay(request.Reference, request.AmountCents, request.Currency, Instant.FromDateTimeOffset(request.PaidAt));
        return await ObeyAsync<PaymentView>(request.Caller, operation, pay, () => ContractViews.Payment(State.Record!.Payments.First(payment => payment.Reference == request.Reference)));
    }

    public Task<Reply<PaymentList>> PaymentsAsync(CancellationToken cancellation) =>
        Task.FromResult(shown is null ? (Reply<PaymentList>)Unknown.Contract : Reply<PaymentList>.Done(new() { Items = [.. shown.Payments.Select(ContractViews.Payment)] }));

    public async Task<Reply<CreditView>> SealAvailabilityAsync(SealAvailability request, CancellationToken cancellation)
    {
        if (Check.Caller(request.Caller) is { } wrong) return wrong;
        if (ContractChecks.Month(request.Month, out var month) is { } noMonth) return noMonth;
        if (ContractChecks.Outages(request.Outages, out var spans) is { } odd) return odd;
        return await ObeyAsync(request.Caller, null, new ContractCommand.SealMonth(month, spans), () => CreditOf(month));
    }

    public async Task<Reply<CreditView>> CorrectAvailabilityAsync(CorrectAvailability request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500)) is { } wrong) return wrong;
        if (ContractChecks.Month(request.Month, out var month) is { } noMonth) return noMonth;
        if (ContractChecks.Outages(request.Outages, out var spans) is { } odd) return odd;
        return await ObeyAsync(request.Caller, null, new ContractCommand.CorrectMonth(month, spans, request.Reason), () => CreditOf(month));
    }

    public Task<Reply<CreditList>> CreditsAsync(CancellationToken cancellation)
    {
        if (shown is not { } record) return Task.FromResult<Reply<CreditList>>(Unknown.Contract);
        return Task.FromResult(Reply<CreditList>.Done(new()
        {
            Items = [.. record.Months.OrderBy(month => month.Availability.Month).Select(month => ContractViews.Credit(record, month))],
        }));
    }

    public Task<Reply<NoticeList>> NoticesAsync(CancellationToken cancellation) => Task.FromResult(
        shown is null ? (Reply<NoticeList>)Unknown.Contract : Reply<NoticeList>.Done(new() { Items = ContractViews.Notices(shown, shownContact, Instant) }));

    public async Task<Reply<NoticeView>> RecordNoticeAsync(RecordNotice request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckNotice(request)) is { } wrong) return wrong;
        if (State.Record?.Notices.Length >= MaxNotices) return Refusal.Conflict("too-many-notices", $"A contract holds at most {MaxNotices} notices. Ask the provider.");
        var given = new GivenNotice(request.Notice, LocalDate.FromDateOnly(request.SentOn), request.Channel, request.Reference);
        return await ObeyAsync(
            request.Caller, null, new ContractCommand.RecordNotice(given),
            () => ContractViews.Notices(State.Record!, State.Contact, Instant).First(notice => notice.Id == request.Notice));
    }

    private static Refusal? CheckPayment(RecordPayment request) =>
        Check.Text(request.Reference, "reference", 1, 100)
        ?? ContractChecks.Amount(request.AmountCents, "amount")
        ?? ContractChecks.Currency(request.Currency);

    private static Refusal? CheckNotice(RecordNotice request) =>
        Check.Text(request.Notice, "notice", 1, 40)
        ?? Check.Text(request.Channel, "channel", 1, 40)
        ?? Check.Text(request.Reference, "reference", 0, 200);

    private CreditView CreditOf(YearMonth month) =>
        ContractViews.Credit(State.Record!, State.Record!.Months.First(known => known.Availability.Month == month));
}
