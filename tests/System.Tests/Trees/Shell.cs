using BackupOnline.SystemTests.Running;

namespace BackupOnline.SystemTests.Trees;

/// <summary>Runs bash scripts: names that are not UTF-8 cannot be spoken through .NET's file API.</summary>
internal static class Shell
{
    public static async Task<string> RunAsync(string script, string folder)
    {
        await using var bash = RunningProgram.Start("bash", ["-euo", "pipefail", "-c", script], folder: folder);
        return (await bash.WaitAsync(TimeSpan.FromMinutes(5))).ShouldEndWith(0).Output;
    }
}
