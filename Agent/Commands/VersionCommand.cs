using System.CommandLine;
using System.Runtime.InteropServices;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VersionCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var command = new Command("version", screen.Speech.Say(CommandSentences.Version));
        command.Bind(flags, screen, (context, _) =>
        {
            var os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
            if (context.Screen.Json)
                context.Screen.Line(new VersionLine(Product.Version, RuntimeInformation.FrameworkDescription, os, architecture), AgentJson.Lines.VersionLine);
            else
                context.Screen.Result(context.Screen.Speech.Say(CommandSentences.VersionText, Product.Version, RuntimeInformation.FrameworkDescription, os, architecture));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
