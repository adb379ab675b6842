using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Hosting;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VmListCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var hypervisor = HypervisorChoice.Flag(screen);
        var command = new Command("list", screen.Speech.Say(PointSentences.List)) { hypervisor };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var choice = HypervisorChoice.Open(context, context.Parsed.GetValue(hypervisor));
            var report = await MachineSurvey.TakeAsync(choice.Driver, cancellation);
            if (context.Screen.Json)
                context.Screen.Line(report, HostingJson.Default.MachineReport);
            else
                Show(context.Screen, report);
            return report.Machines.Any(machine => machine.Blockers.Count > 0) ? ExitCode.Partial : ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, MachineReport report)
    {
        var speech = screen.Speech;
        List<string[]> rows =
        [
            ["ID", speech.Say(PointSentences.ColumnMachine), speech.Say(PointSentences.ColumnState), speech.Say(PointSentences.ColumnAgent), speech.Say(PointSentences.ColumnDisks)],
            .. report.Machines.Select(machine => new[]
            {
                PathText.ForScreen(machine.MachineId),
                PathText.ForScreen(machine.Name),
                machine.Power,
                machine.Agent,
                string.Join(", ", machine.Disks.Select(disk => $"{PathText.ForScreen(disk.Id)} {Quantity.Bytes(disk.Size)} {disk.Format}")),
            }),
        ];
        foreach (var line in TextTable.Lines(rows))
            screen.Result(line);
        foreach (var machine in report.Machines)
        {
            foreach (var finding in machine.Blockers)
                screen.Result(speech.Say(PointSentences.Blocker, machine.Name, finding.Text, finding.Code));
            foreach (var finding in machine.Warnings)
                screen.Result(speech.Say(PointSentences.Warning, machine.Name, finding.Text, finding.Code));
        }

        screen.Tell(PointSentences.MachineCount, report.Machines.Count);
        if (report.Unproven is { } unproven)
            screen.Warn(HostSentences.Unproven, report.Driver, unproven);
    }
}
