using System.Diagnostics;

namespace BackupOnline.Engine.Tests;

/// <summary>A folder of one test's own, removed with everything in it: read-only files, and names that are not UTF-8, which the class library cannot remove.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("backuponline-engine-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose()
    {
        Run("chmod", "-R", "u+rwX", Path);
        Run("rm", "-rf", Path);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
    }
}
