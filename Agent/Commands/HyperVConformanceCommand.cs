using System.CommandLine;
using System.Runtime.Versioning;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.HyperV.Conformance;
using BackupOnline.Agent.Hypervisors.HyperV.Windows;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary>For a person with a real host: the driver itself was never run on one.</summary>
internal static class HyperVConformanceCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var machine = new Option<string?>("--machine") { Description = screen.Speech.Say(HyperVConformanceSentences.Machine), HelpName = "name" };
        var limit = new Option<string>("--limit") { Description = screen.Speech.Say(HyperVConformanceSentences.Limit), HelpName = "size", DefaultValueFactory = _ => "16G" };
        var wait = new Option<string>("--wait") { Description = screen.Speech.Say(HyperVConformanceSentences.Wait), HelpName = "duration", DefaultValueFactory = _ => "1m" };
        var transcript = new Option<string>("--transcript") { Description = screen.Speech.Say(HyperVConformanceSentences.Transcript), HelpName = "file", DefaultValueFactory = _ => "hyperv-conformance.jsonl" };
        var command = new Command("hyperv-conformance", screen.Speech.Say(HyperVConformanceSentences.Verb)) { machine, limit, wait, transcript };
        command.Bind(flags, screen, (context, cancellation) =>
        {
            var (size, pause) = (FlagText.Size("--limit", context.Parsed.GetValue(limit)!), FlagText.Duration("--wait", context.Parsed.GetValue(wait)!));
            return OperatingSystem.IsWindows()
                ? RunAsync(context, context.Parsed.GetValue(machine), size, pause, context.Parsed.GetValue(transcript)!, cancellation)
                : throw new AgentStop(ExitCode.Fatal, HyperVConformanceSentences.NotWindows);
        });
        return command;
    }

    [SupportedOSPlatform("windows")]
    private static async Task<int> RunAsync(CommandContext context, string? name, long limit, TimeSpan pause, string path, CancellationToken cancellation)
    {
        var time = context.Surroundings.Time;
        var transcript = new HyperVTranscript(time);
        var folder = Directory.CreateTempSubdirectory("backuponline-hyperv-").FullName;
        try
        {
            await using var host = new WindowsHyperVHost(time);
            var observed = new HyperVObservedHost(host, transcript);
            await using var driver = new HyperVDriver(observed, folder, new HyperVPatience(), time);
            var machines = await driver.DiscoverAsync(cancellation);
            if (machines.Where(one => one.Name == name || string.Equals(one.StableId, name, StringComparison.OrdinalIgnoreCase)).ToList() is not [var machine])
                throw new AgentStop(ExitCode.Fatal, HyperVConformanceSentences.NoMachine, string.Join(", ", machines.Select(one => $"{one.Name} ({one.StableId})")));
            var run = new HyperVConformance(observed, folder, new HyperVPatience(), limit, token => Task.Delay(pause, time, token), time);
            var verdicts = await run.RunAsync(machine, cancellation);
            return Show(context.Screen, verdicts, path);
        }
        catch (HypervisorException failure)
        {
            throw new AgentStop(ExitCode.Fatal, HyperVConformanceSentences.Failed, failure.Message);
        }
        finally
        {
            await File.WriteAllTextAsync(path, transcript.ToString(), CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Show(Screen screen, IReadOnlyList<HyperVVerdict> verdicts, string path)
    {
        foreach (var (rule, holds, detail) in verdicts)
        {
            var verdict = holds switch { true => "holds", false => "differs", _ => "not_seen" };
            if (screen.Json)
                screen.Line(new HyperVRuleLine(rule.Id, verdict, rule.Text, detail, rule.Source), AgentJson.Lines.HyperVRuleLine);
            else
                screen.Result($"{screen.Coloured(holds switch { true => "32", false => "31", _ => "33" }, verdict.PadRight(8))}  {rule.Id}: {rule.Text}{(holds == true ? "" : $" -> {detail}")}");
        }

        var held = verdicts.Count(one => one.Holds == true);
        screen.Tell(HyperVConformanceSentences.Summary, held, verdicts.Count, verdicts.Count(one => one.Holds == false), verdicts.Count(one => one.Holds is null), path);
        return held == verdicts.Count ? ExitCode.Ok : ExitCode.Fatal;
    }
}
