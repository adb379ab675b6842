namespace BackupOnline.Silo.Tests.Processes;

/// <summary>A data folder of its own, and what runs in it.</summary>
internal sealed class SiloTestFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("backuponline-silo-").FullName;

    public SiloTestFolder()
    {
        // The unprivileged user that runs PostgreSQL must get through.
        File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
    }

    public string Data => Path.Combine(_root, "data");

    public string Run(string name) => Path.Combine(Data, "run", name);

    /// <summary>Pids of PostgreSQL servers on this data folder.</summary>
    public int[] Servers() => [.. Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
        .Where(pid => pid > 0 && CommandLine(pid).StartsWith('/') && CommandLine(pid).Contains($"-D\0{Data}/", StringComparison.Ordinal)
            && CommandLine(pid).Contains("postgres\0", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
