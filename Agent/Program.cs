using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Usage;

namespace BackupOnline.Agent;

/// <summary>Parses, runs, and turns every way of ending into an exit code and a sentence. No stack trace leaves it unless BACKUPONLINE_DEBUG=1.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        var surroundings = Surroundings.OfThisProcess();
        CultureInfo.CurrentUICulture = new CultureInfo(surroundings.Speech.Language == Language.French ? "fr" : "en");
        var flags = new GlobalFlags(surroundings.Speech);
        var screen = new Screen(surroundings);
        var parsed = AgentCommands.Create(flags, screen).Parse(Verbose.Spread(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
        screen.Configure(parsed.GetValue(flags.Json) || arguments.Contains("--json"), flags.Verbosity(parsed));
        if (UsageError.Find(parsed, arguments, surroundings.Speech) is { } usage)
        {
            screen.Fatal(ExitCode.Fatal, usage);
            return ExitCode.Fatal;
        }

        using var stop = new StopSignal(screen);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (Exception failure)
        {
            var (code, text) = Ending.Of(failure, surroundings.Speech, stop.Token.IsCancellationRequested);
            if (surroundings.Variable("BACKUPONLINE_DEBUG") == "1")
                await Console.Error.WriteLineAsync(failure.ToString());
            screen.Fatal(code, text);
            return code;
        }
    }
}
