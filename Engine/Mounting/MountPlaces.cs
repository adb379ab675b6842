using System.Text;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Mounting;

/// <summary>The folders that only the mount has, and the snapshots in them, by the templates. Nothing of it is in the repository.</summary>
internal sealed class MountPlaces
{
    private const string Latest = "latest";
    private const int LongestName = 255;

    // By path from the mount's root: "" is the root itself.
    private readonly Dictionary<string, SortedDictionary<string, MountPlace>> _folders = new() { [""] = NewFolder() };

    // The last number that was given to a name that several want.
    private readonly Dictionary<(string Folder, string Wanted), int> _numbers = [];

    /// <param name="snapshots">Oldest first.</param>
    /// <param name="options">The templates.</param>
    public static MountPlaces Of(IReadOnlyList<Snapshot> snapshots, MountOptions options)
    {
        var places = new MountPlaces();
        foreach (var template in options.PathTemplates)
            places.Add(template, snapshots, options.TimeTemplate);
        return places;
    }

    /// <summary>What a folder holds, by name in byte order; null when there is no such folder.</summary>
    public IReadOnlyDictionary<string, MountPlace>? In(string folder) => _folders.GetValueOrDefault(folder);

    public static string PathOf(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static SortedDictionary<string, MountPlace> NewFolder() => new(StringComparer.Ordinal);

    private void Add(string template, IReadOnlyList<Snapshot> snapshots, string timeTemplate)
    {
        var parts = template.Split('/', StringSplitOptions.RemoveEmptyEntries);

        // So that a folder is there although no snapshot is in it.
        _ = FolderOf(parts.SkipLast(1).TakeWhile(part => !part.Contains('%', StringComparison.Ordinal)).Select(AsName));
        var newest = new Dictionary<string, string>();
        foreach (var snapshot in snapshots)
        {
            foreach (var tag in template.Contains("%t", StringComparison.Ordinal) ? (snapshot.Tags ?? []).Distinct() : [""])
            {
                var names = parts.Select(part => AsName(Filled(part, snapshot, tag, timeTemplate))).ToList();
                var folder = FolderOf(names.SkipLast(1));
                var name = FreeName(folder, names.Count == 0 ? snapshot.Id.ToShortString() : names[^1]);
                _folders[folder].Add(name, new MountPlace(snapshot));
                newest[folder] = name;
            }
        }

        if (parts is not [.., "%T"])
            return;
        foreach (var (folder, name) in newest)
            _folders[folder].TryAdd(Latest, new MountPlace(Link: name));
    }

    /// <summary>The path of the folder, which is made if it is not there.</summary>
    private string FolderOf(IEnumerable<string> names)
    {
        var path = "";
        foreach (var wanted in names)
        {
            var name = wanted;

            // A snapshot, which cannot hold more than it does, may have the name already.
            for (var number = 1; _folders[path].TryGetValue(name, out var taken) && (taken.Snapshot is not null || taken.Link is not null); number++)
                name = $"{wanted}-{number}";
            _folders[path].TryAdd(name, new MountPlace());
            path = PathOf(path, name);
            _folders.TryAdd(path, NewFolder());
        }

        return path;
    }

    private string FreeName(string folder, string wanted)
    {
        var name = wanted;
        var number = _numbers.GetValueOrDefault((folder, wanted));
        while (_folders[folder].ContainsKey(name))
            name = $"{wanted}-{++number}";
        _numbers[(folder, wanted)] = number;
        return name;
    }

    private static string Filled(string part, Snapshot snapshot, string tag, string timeTemplate)
    {
        var text = new StringBuilder();
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != '%')
            {
                text.Append(part[i]);
                continue;
            }

            i++;
            text.Append((i < part.Length ? part[i] : ' ') switch
            {
                'i' => snapshot.Id.ToShortString(),
                'I' => snapshot.Id.ToString(),
                'u' => snapshot.Username,
                'h' => snapshot.Hostname,
                't' => tag,
                'T' => GoTimeLayout.Format(timeTemplate, snapshot.Time),
                '%' => "%",
                _ => throw new ArgumentException($"{part} is no template.", nameof(part)),
            });
        }

        return text.ToString();
    }

    // Hosts, users and tags are whatever somebody wrote into a snapshot.
    private static string AsName(string text)
    {
        var name = text[..Math.Min(text.Length, LongestName)].Replace('/', '_').Replace('\0', '_');
        while (Encoding.UTF8.GetByteCount(name) > LongestName)
            name = name[..^1];
        return name is "" or "." or ".." ? "_" : name;
    }
}
