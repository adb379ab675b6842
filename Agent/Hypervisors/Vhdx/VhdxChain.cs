namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>Opens a differencing file with its parents [2.6.2.6.3]: paths are tried in the order of the document, and the parent must be the very one.</summary>
internal static class VhdxChain
{
    /// <summary>Hyper-V allows 50 checkpoints of a machine; a longer chain is taken for damage.</summary>
    private const int Longest = 64;

    public static VhdxDisk Open(string path) => Open(path, []);

    private static VhdxDisk Open(string path, List<string> children)
    {
        var full = Path.GetFullPath(path);
        if (children.Contains(full, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal) || children.Count >= Longest)
            throw VhdxException.Damaged(children[0], $"its chain of parents does not end ({full})");
        var file = VhdxBytes.Open(full);
        VhdxDisk? parent = null;
        try
        {
            return VhdxDisk.Open(file, metadata => parent = metadata.Parent is { } locator ? Parent(full, locator, [.. children, full]) : null);
        }
        catch
        {
            parent?.Dispose();
            file.Dispose();
            throw;
        }
    }

    private static VhdxDisk Parent(string child, VhdxParentLocator locator, List<string> children)
    {
        var tried = new List<string>();
        foreach (var path in Candidates(child, locator).Distinct())
        {
            tried.Add(path);
            if (!File.Exists(path))
                continue;
            var parent = Open(path, children);
            if (locator.Names(parent.Header.DataWrite))
                return parent;
            parent.Dispose();
            throw new VhdxException(child, $"its parent {path} was changed after it was made",
                "the chain can no longer be read as one disk: use a copy of the parent from before, or Set-VHD -IgnoreIdMismatch if you know that it is right");
        }

        throw new VhdxException(child, $"its parent is not there ({string.Join(", ", tried)})", "put the parent file beside it");
    }

    private static IEnumerable<string> Candidates(string child, VhdxParentLocator locator)
    {
        var folder = Path.GetDirectoryName(child)!;
        if (locator.RelativePath is { } relative)
            yield return Path.GetFullPath(Path.Combine(folder, Native(relative)));
        if (locator.VolumePath is { } volume)
            yield return Native(volume);
        if (locator.AbsolutePath is { } absolute)
            yield return Native(absolute);
        // A chain that was copied as a whole, with the paths of the machine that it comes from.
        if ((locator.RelativePath ?? locator.AbsolutePath ?? locator.VolumePath)?.Split('\\', '/')[^1] is { Length: > 0 } name)
            yield return Path.Combine(folder, name);
    }

    private static string Native(string path) => OperatingSystem.IsWindows() ? path : path.Replace('\\', '/');
}
