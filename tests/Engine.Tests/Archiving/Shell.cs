using System.Diagnostics;

namespace BackupOnline.Engine.Tests.Archiving;

/// <summary>Runs a line of shell: for programs that must start in another folder.</summary>
internal static class Shell
{
    public static async Task<string> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}: {await errors}");
        return await output;
    }
}
