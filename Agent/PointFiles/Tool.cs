using System.ComponentModel;
using System.Diagnostics;

namespace BackupOnline.Agent.PointFiles;

/// <summary>Runs a program to its end, its output into a stream. In the language of the machine "C", so that its words are known.</summary>
internal sealed class Tool(string program, string package)
{
    /// <returns>How it ended, and what it said on standard error.</returns>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    public async Task<(int ExitCode, string Errors)> RunAsync(IReadOnlyList<string> arguments, Stream output, CancellationToken cancellation)
    {
        using var process = Start(arguments);
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, (await errors).Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    // Debian keeps what is made for file systems where only an administrator's path leads.
    private static string Find(string name)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin"];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new ToolMissingException(program, package);
        }
    }
}
