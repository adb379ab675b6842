using System.Globalization;
using BackupOnline.Persistence.Connections;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Where programs lie.</summary>
internal static class Executables
{
    private const int OldestServer = 15;

    /// <summary>The folder of PostgreSQL's server programs: the newest version of Debian's layout, else what PATH holds.</summary>
    public static string PostgresFolder()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        var newest = versions
            .Where(v => int.TryParse(Path.GetFileName(v), NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= OldestServer)
            .OrderByDescending(v => int.Parse(Path.GetFileName(v), CultureInfo.InvariantCulture))
            .Select(v => Path.Combine(v, "bin"))
            .FirstOrDefault(IsComplete);
        return newest
            ?? Folders().FirstOrDefault(IsComplete)
            ?? throw new DatabaseRefusedException(
                "PostgreSQL 15 or later is not installed: run 'apt-get install postgresql' (or your system's package of the PostgreSQL server), or set BACKUPONLINE_DB to a database of yours.");
    }

    /// <summary>The folder with the programs of this major version: a cluster's files belong to one.</summary>
    public static string PostgresFolder(string major)
    {
        var folder = $"/usr/lib/postgresql/{major}/bin";
        return IsComplete(folder) ? folder : PostgresFolder();
    }

    public static string? Find(string name) => Folders().Append("/usr/bin").Append("/usr/sbin").Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    private static string[] Folders() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsComplete(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));
}
