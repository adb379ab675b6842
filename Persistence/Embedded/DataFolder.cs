namespace BackupOnline.Persistence.Embedded;

/// <summary>Paths of a data folder that several processes agree on.</summary>
internal sealed class DataFolder
{
    public DataFolder(string path)
    {
        Directory.CreateDirectory(path);
        Root = WithoutLinks(Path.GetFullPath(path));
        Run = PrivateFile.MakeFolder(Path.Combine(Root, "run"));
    }

    public string Root { get; }

    /// <summary>What lasts as long as processes do; mode 700.</summary>
    public string Run { get; }

    public string Lock => Path.Combine(Run, "database.lock");

    public string Members => Path.Combine(Run, "members");

    /// <summary>The application's connection string.</summary>
    public string Connection => Path.Combine(Run, "database");

    /// <summary>The owner's connection string, for operators at the keyboard.</summary>
    public string OwnerConnection => Path.Combine(Run, "database-owner");

    public string Secrets => Path.Combine(Root, "database.json");

    // The kernel tells working folders without symbolic links, and so must we to compare them.
    private static string WithoutLinks(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(real, part));
            real = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return real;
    }
}
