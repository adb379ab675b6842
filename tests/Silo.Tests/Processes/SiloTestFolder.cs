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

    /// <summary>Pids of PostgreSQL servers on this data folder; their children bear the same command line for a moment after the fork, and one that ended meanwhile has no parent any more.</summary>
    public int[] Servers()
    {
        var all = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && Read(pid, "cmdline") is var line && line.Contains("postgres\0-D\0", StringComparison.Ordinal) && line.Contains($"{Data}/", StringComparison.Ordinal) && !line.Contains("pg_ctl", StringComparison.Ordinal))
            .ToArray();
        return [.. all.Where(pid => ParentOf(pid) is { } parent && !all.Contains(parent))];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static int? ParentOf(int pid)
    {
        var stat = Read(pid, "stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var parent, ..]
            && int.TryParse(parent, out var id) ? id : null;
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
