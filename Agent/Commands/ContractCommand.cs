using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using NodaTime;

namespace BackupOnline.Agent.Commands;

/// <summary>Shows the contract of the tenant that this machine belongs to, asked of the door with the host's own key.</summary>
internal static class ContractCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var command = new Command("contract", screen.Speech.Say(ContractSentences.Verb));
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            if (context.ConfigurationFile.Read() is not { Enrolled: true } enrolment)
                throw new AgentStop(ExitCode.Fatal, ContractSentences.NotEnrolled);
            var contract = await AskAsync(context, enrolment, cancellation);
            if (context.Screen.Json)
                context.Screen.Line(ContractLine.Of(enrolment.Tenant!, contract), AgentJson.Lines.ContractLine);
            else
                Show(context.Screen, enrolment.Tenant!, contract);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<Contract> AskAsync(CommandContext context, AgentConfiguration enrolment, CancellationToken cancellation)
    {
        using var door = new DoorClient(enrolment.Server, enrolment.Key, TrustedCertificates.Handler(context.CaCertificate ?? enrolment.CaCertificate), AnswerWithin);
        var answer = await door.GetAsync($"tenants/{enrolment.Tenant}/contract", DoorJson.Default.Contract, cancellation);
        ClockSkew.Warn(context.Screen, answer.Date);
        if (answer.Unreachable is { } reason)
            throw new AgentStop(ExitCode.Unavailable, ContractSentences.Away, enrolment.Server, reason);
        if (answer.Refusal is { Code: "contract-not-found" })
            throw new AgentStop(ExitCode.Fatal, ContractSentences.None, enrolment.Tenant!);
        if (answer.Refusal is { } refusal)
            throw new AgentStop(ExitCode.NotAuthorised, ContractSentences.Refused, refusal.Detail ?? refusal.Title ?? "-");
        return answer.Value is { Standing: not null } contract ? contract : throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.BadAnswer, enrolment.Server);
    }

    private static void Show(Screen screen, string tenant, Contract contract)
    {
        Tell(ContractSentences.Standing, tenant, ContractSentences.StandingOf(contract.Standing!));
        if (contract.Suspended)
            Tell(ContractSentences.Suspended);
        if (contract.Period is { } period)
            Tell(ContractSentences.Period, period.Index, DayOf(period.Start), Day(period.EndDate), Money(period.PriceCents));
        if (contract.RenewsOn is { } renews && contract.LastDayForNotice is { } last)
            Tell(ContractSentences.Renews, Day(renews), Day(last));
        if (contract.Termination is { } termination)
            Tell(ContractSentences.Ends, DayOf(termination.EndsAt));
        if (contract.MayLeaveAtOnce)
            Tell(ContractSentences.MayLeave);
        Tell(ContractSentences.Credits, Quantity.Duration(TimeSpan.FromSeconds(contract.CreditSeconds)));
        if (contract.LiabilityCapCents is { } cap)
            Tell(ContractSentences.Cap, Money(cap));

        void Tell(Languages.Sentence sentence, params object?[] values) => screen.Result(screen.Speech.Say(sentence, values));

        // The contract's days are those of its own zone, wherever this machine stands.
        string DayOf(DateTimeOffset instant) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(contract.TimeZone ?? "") is { } zone
            ? Day(Instant.FromDateTimeOffset(instant).InZone(zone).Date.ToDateOnly())
            : Day(DateOnly.FromDateTime(instant.UtcDateTime));

        string Money(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:D2} {contract.Currency}");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
