using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Profiles;

/// <summary>Runs the commands of a profile by the system's shell. They find BACKUPONLINE_PROFILE, BACKUPONLINE_HOOK and BACKUPONLINE_EXIT_CODE in their environment.</summary>
internal sealed class HookRunner(Profile profile, Screen screen)
{
    /// <summary>All in order, up to the first that fails; false then.</summary>
    /// <param name="kind">before, after, on-failure or finally.</param>
    /// <param name="commands">Lines for the shell.</param>
    /// <param name="exitCode">The run's so far.</param>
    /// <param name="cancellation">Ends a command that runs.</param>
    public async Task<bool> RunAsync(string kind, IReadOnlyList<string> commands, int exitCode, CancellationToken cancellation)
    {
        foreach (var command in commands)
        {
            if (!await RunAsync(kind, command, exitCode, cancellation))
                return false;
        }

        return true;
    }

    private async Task<bool> RunAsync(string kind, string command, int exitCode, CancellationToken cancellation)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/d", "/c", command]) : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.UseShellExecute = false;
        start.Environment["BACKUPONLINE_PROFILE"] = profile.Name;
        start.Environment["BACKUPONLINE_HOOK"] = kind;
        start.Environment["BACKUPONLINE_EXIT_CODE"] = exitCode.ToString(CultureInfo.InvariantCulture);

        // With --json standard output carries our lines alone.
        start.RedirectStandardOutput = true;
        try
        {
            using var process = Process.Start(start)!;
            using var deadline = new CancellationTokenSource(profile.Hooks.Timeout, screen.Surroundings.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            try
            {
                await using (var error = StandardStreams.OpenError())
                    await process.StandardOutput.BaseStream.CopyToAsync(error, either.Token);
                await process.WaitForExitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                screen.Warn(ProfileSentences.HookTimedOut, command, kind, Quantity.Duration(profile.Hooks.Timeout));
                return false;
            }

            if (process.ExitCode == 0)
                return true;
            screen.Warn(ProfileSentences.HookFailed, command, kind, process.ExitCode);
            return false;
        }
        catch (Win32Exception failure)
        {
            screen.Warn(ProfileSentences.HookNotStarted, command, kind, FileReason.Of(failure));
            return false;
        }
    }
}
