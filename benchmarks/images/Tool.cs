using System.Diagnostics;

namespace BackupOnline.Images;

/// <summary>Another program, run to its end.</summary>
internal static class Tool
{
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
