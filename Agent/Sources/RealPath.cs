namespace BackupOnline.Agent.Sources;

/// <summary>The path without symbolic links in its folders, as realpath(3) gives it; the last name is left as it is, for a link is backed up as a link.</summary>
internal static class RealPath
{
    // As the kernel's own limit.
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parent = Path.GetDirectoryName(full);
        return parent is null ? full : Path.Join(OfFolder(parent), Path.GetFileName(full));
    }

    private static string OfFolder(string folder)
    {
        var links = 0;
        var done = Path.GetPathRoot(folder)!;
        var left = new Stack<string>(Names(folder));
        while (left.TryPop(out var name))
        {
            var next = Path.Join(done, name);
            if (new DirectoryInfo(next).LinkTarget is not { } target || ++links > MostLinks)
            {
                done = next;
                continue;
            }

            var real = Path.GetFullPath(target, done);
            done = Path.GetPathRoot(real)!;
            foreach (var part in Names(real))
                left.Push(part);
        }

        return done;
    }

    private static IEnumerable<string> Names(string folder) =>
        folder[Path.GetPathRoot(folder)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
