using System.CommandLine;
using BackupOnline.Agent.Diagnosis;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Files;

namespace BackupOnline.Agent.Commands;

internal static class DoctorCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var command = new Command("doctor", screen.Speech.Say(CommandSentences.Doctor));
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var findings = await ExamineAsync(context, cancellation);
            foreach (var finding in findings)
                Show(context.Screen, finding);
            var failed = findings.Count(finding => finding.Verdict == Verdict.Fail);
            context.Screen.Tell(DiagnosisSentences.Summary, findings.Count, failed, findings.Count(finding => finding.Verdict == Verdict.Warn));
            return failed > 0 ? ExitCode.Fatal : ExitCode.Ok;
        });
        return command;
    }

    private static async Task<List<Finding>> ExamineAsync(CommandContext context, CancellationToken cancellation)
    {
        var speech = context.Screen.Speech;
        var findings = new List<Finding> { MachinePoints.Version(speech) };
        findings.AddRange(MachinePoints.Libraries(speech));
        var (configured, configuration) = ConfigurationPoint.Examine(context.ConfigurationFile, speech);
        findings.Add(configured);
        TimeSpan? clock = null;
        if (configuration is not null)
        {
            var (door, date) = await DoorPoint.ExamineAsync(configuration, context.CaCertificate, speech, cancellation);
            findings.Add(door);
            clock = date - context.Surroundings.Time.GetUtcNow();
        }

        var (repository, storeClock) = await RepositoryPoints.ExamineAsync(context, configuration, cancellation);
        findings.AddRange(repository);
        if ((clock ?? storeClock) is { } offset)
            findings.Add(MachinePoints.Clock(offset, speech));
        findings.Add(MachinePoints.TemporarySpace(speech));
        findings.Add(MachinePoints.NetworkMounts(MountTable.Load(), speech));
        return findings;
    }

    private static void Show(Screen screen, Finding finding)
    {
        var verdict = finding.Verdict.ToString().ToUpperInvariant();
        if (screen.Json)
        {
            screen.Line(new DoctorLine(finding.Point, verdict, finding.Text, finding.Advice), AgentJson.Lines.DoctorLine);
            return;
        }

        var colour = finding.Verdict switch { Verdict.Ok => "32", Verdict.Warn => "33", _ => "31" };
        screen.Result($"{screen.Coloured(colour, verdict.PadRight(4))}  {finding.Point}: {finding.Text}");
        if (finding.Advice is not null)
            screen.Result($"      -> {finding.Advice}");
    }
}
