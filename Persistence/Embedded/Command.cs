using System.Diagnostics;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Exit code and what it said, on both streams.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, string input, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }
}
