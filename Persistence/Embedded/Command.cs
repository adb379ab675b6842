using System.Diagnostics;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Runs a program to its end. Not to be interrupted: half a start or half a stop is worse than a short wait.</summary>
internal static class Command
{
    /// <summary>Exit code and what it said, on both streams.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, string input)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }
}
