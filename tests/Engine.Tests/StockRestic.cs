using System.Diagnostics;

namespace BackupOnline.Engine.Tests;

/// <summary>The restic of the distribution: the judge of what we write, and the writer of what we must read.</summary>
internal static class StockRestic
{
    public const string Password = "correct horse battery staple";

    /// <summary>Runs restic on a repository; gives its standard output, fails the test with its standard error when it ends with another code than 0.</summary>
    public static async Task<string> RunAsync(string repository, params string[] arguments)
    {
        var (exitCode, output, errors) = await TryAsync(repository, arguments);
        Assert.True(exitCode == 0, $"restic {string.Join(' ', arguments)} ended with {exitCode}: {errors}{output}");
        return output;
    }

    public static async Task<(int ExitCode, string Output, string Errors)> TryAsync(string repository, params string[] arguments)
    {
        var start = new ProcessStartInfo("restic") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RESTIC_REPOSITORY"] = repository;
        start.Environment["RESTIC_PASSWORD"] = Password;
        start.ArgumentList.Add("--no-cache");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("restic is not installed: it judges the format.");
            throw;
        }
    }
}
