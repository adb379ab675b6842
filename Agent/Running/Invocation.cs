using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Profiles;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Usage;

namespace BackupOnline.Agent.Running;

/// <summary>One command line from its words to its exit code: parses, runs, and turns every way of ending into a code and a sentence.</summary>
internal static class Invocation
{
    /// <summary>The same with a profile, if the line names one.</summary>
    public static async Task<int> StartAsync(IReadOnlyList<string> arguments, Screen screen, CancellationToken stop)
    {
        if (ProfileArguments.Take(arguments) is not { } named)
            return await RunAsync(arguments, screen, stop);
        var parsed = Configure(named.Others, screen);
        try
        {
            var profile = ProfileFile.Read(named.File, named.Profile, screen.Surroundings);
            return parsed.CommandResult.Command is RootCommand && !named.Others.Any(argument => argument is "--help" or "-h" or "-?" or "--version")
                ? await new ProfileRun(profile, named.Others, screen).RunAsync(stop)
                : await RunAsync(ProfileArguments.For(profile, named.Others, Verbs(screen)), screen, stop);
        }
        catch (Exception failure)
        {
            return await EndAsync(failure, screen, stop);
        }
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Screen screen, CancellationToken stop)
    {
        var parsed = Configure(arguments, screen);
        if (UsageError.Find(parsed, arguments, screen.Speech) is { } usage)
        {
            screen.Fatal(ExitCode.Fatal, usage);
            return ExitCode.Fatal;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, stop);
        }
        catch (Exception failure)
        {
            return await EndAsync(failure, screen, stop);
        }
    }

    public static RootCommand Verbs(Screen screen) => AgentCommands.Create(new GlobalFlags(screen.Speech), screen);

    private static ParseResult Configure(IReadOnlyList<string> arguments, Screen screen)
    {
        var flags = new GlobalFlags(screen.Speech);
        var parsed = AgentCommands.Create(flags, screen).Parse(Verbose.Spread(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
        screen.Configure(parsed.GetValue(flags.Json) || arguments.Contains("--json"), flags.Verbosity(parsed));
        return parsed;
    }

    private static async Task<int> EndAsync(Exception failure, Screen screen, CancellationToken stop)
    {
        var (code, text) = Ending.Of(failure, screen.Speech, stop.IsCancellationRequested);
        if (screen.Surroundings.Variable("BACKUPONLINE_DEBUG") == "1")
            await Console.Error.WriteLineAsync(failure.ToString());
        screen.Fatal(code, text);
        return code;
    }
}
