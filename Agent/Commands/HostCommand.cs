using System.CommandLine;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Hosting;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary><c>host run</c>: this machine works for the service as a hypervisor host.</summary>
internal static class HostCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var hypervisor = HypervisorChoice.Flag(screen);
        var slots = new Option<string?>("--slots") { Description = screen.Speech.Say(HostSentences.Slots), HelpName = "n" };
        var run = new Command("run", screen.Speech.Say(HostSentences.Run)) { hypervisor, slots };
        run.Bind(flags, screen, (context, cancellation) => RunAsync(context, context.Parsed.GetValue(hypervisor), SlotsOf(context.Parsed.GetValue(slots)), cancellation));
        var thaw = new Command("thaw", screen.Speech.Say(HostSentences.Thaw)) { hypervisor };
        thaw.Bind(flags, screen, (context, cancellation) => ThawAsync(context, context.Parsed.GetValue(hypervisor), cancellation));
        return new Command("host", screen.Speech.Say(HostSentences.Host)) { run, thaw };
    }

    private static async Task<int> ThawAsync(CommandContext context, string? hypervisor, CancellationToken cancellation)
    {
        await using var choice = HypervisorChoice.Open(context, hypervisor);
        var machines = (await choice.Driver.DiscoverAsync(cancellation)).Where(machine => machine.Power != PowerState.Off).ToList();

        // At once: each one whose agent says nothing is waited for.
        var outcomes = await Task.WhenAll(machines.Select(machine => choice.Driver.ThawAsync(machine, cancellation)));
        foreach (var (machine, outcome) in machines.Zip(outcomes))
        {
            if (outcome == ThawOutcome.Thawed)
                context.Screen.Tell(HostSentences.Thawed, machine.Name);
            else if (outcome == ThawOutcome.NoAnswer)
                context.Screen.Warn(HostSentences.ThawUnknown, machine.Name);
        }

        return outcomes.Contains(ThawOutcome.NoAnswer) ? ExitCode.Partial : ExitCode.Ok;
    }

    private static async Task<int> RunAsync(CommandContext context, string? hypervisor, int slots, CancellationToken cancellation)
    {
        if (context.ConfigurationFile.Read() is not { Enrolled: true } enrolment)
            throw new AgentStop(ExitCode.Fatal, HostSentences.NotEnrolled);
        await using var choice = HypervisorChoice.Open(context, hypervisor);
        var machines = await choice.Driver.DiscoverAsync(cancellation);
        context.Screen.Tell(HostSentences.Started, enrolment.Tenant, enrolment.Host, machines.Count, choice.Driver.Capabilities.Name, enrolment.Vault);
        if (choice.Driver.Capabilities.Unproven is { } unproven)
            context.Screen.Warn(HostSentences.Unproven, choice.Driver.Capabilities.Name, unproven);

        using var door = new DoorClient(enrolment.Server, enrolment.Key, TrustedCertificates.Handler(context.CaCertificate ?? enrolment.CaCertificate), AnswerWithin);
        var place = new WorkPlace(context, enrolment, door, choice.Driver, choice.Settings);
        await new HostLoop(place, [new BackupWork(place), new RestoreWork(place, choice.Target), new AuditWork(place), new BootWork(place)], slots).RunAsync(cancellation);
        context.Screen.Tell(HostSentences.Stopped);

        // A service that is stopped has not failed.
        return ExitCode.Ok;
    }

    private static int SlotsOf(string? text) => text is null ? 2 : FlagText.Number("--slots", text, 1, 16, HostSentences.BadSlots);
}
