using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Caching;

/// <summary>The caches of all repositories on this machine.</summary>
public static class CacheRoot
{
    /// <summary>Those that are there, last used first. Folders of other names are not caches.</summary>
    public static IReadOnlyList<CacheInfo> List(string root)
    {
        if (!Directory.Exists(root))
            return [];
        return [.. new DirectoryInfo(root).GetDirectories()
            .Where(folder => ObjectId.TryParse(folder.Name, out _) && folder.LinkTarget is null)
            .Select(folder => new CacheInfo(folder.Name, folder.LastWriteTimeUtc, folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)))
            .OrderByDescending(cache => cache.UsedAt)];
    }

    /// <summary>Removes the cache of a repository.</summary>
    public static void Remove(string root, string repositoryId)
    {
        if (!ObjectId.TryParse(repositoryId, out _))
            throw new ArgumentException($"'{repositoryId}' is no id of a repository.", nameof(repositoryId));
        Directory.Delete(Path.Join(root, repositoryId), recursive: true);
    }
}
