using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Running;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent;

/// <summary>Language, screen, signals, and then the command line. No stack trace leaves it unless BACKUPONLINE_DEBUG=1.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        StandardStreams.Secure();
        var surroundings = Surroundings.OfThisProcess();
        CultureInfo.CurrentUICulture = new CultureInfo(surroundings.Speech.Language == Language.French ? "fr" : "en");
        var screen = new Screen(surroundings);

        // Before a signal would stop it: a guard ends with its pipe only.
        if (ThawGuard.SocketOf(arguments) is { } socket)
            return await ThawGuard.StandAsync(socket, screen);
        using var stop = new StopSignal(screen);
        return await Invocation.StartAsync(arguments, screen, stop.Token);
    }
}
