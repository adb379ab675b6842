using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Languages;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

/// <summary>Snapshots that the keep rules look at together: those of one host, of the same paths, with the same tags, as far as the grouping goes. What it leaves out is null.</summary>
internal sealed record SnapshotGroup(string? Host, IReadOnlyList<string>? Paths, IReadOnlyList<string>? Tags, IReadOnlyList<Snapshot> Snapshots)
{
    public const string Default = "host,paths";

    /// <param name="by">Any of host, paths and tags (and restic's singular forms), separated by commas; empty: one group.</param>
    /// <param name="snapshots">What to group.</param>
    public static IReadOnlyList<SnapshotGroup> Make(string by, IEnumerable<Snapshot> snapshots)
    {
        var words = TagList.Parse(by);
        if (words.Any(word => word is not ("host" or "path" or "paths" or "tag" or "tags")))
            throw FlagText.Bad("--group-by", by, UpkeepSentences.BadGroup);
        var (byHost, byPaths, byTags) = (words.Contains("host"), words.Any(word => word.StartsWith("path", StringComparison.Ordinal)), words.Any(word => word.StartsWith("tag", StringComparison.Ordinal)));
        return
        [
            .. snapshots
                .Select(snapshot => new SnapshotGroup(
                    byHost ? snapshot.Hostname ?? "" : null, byPaths ? Sorted(snapshot.Paths) : null, byTags ? Sorted(snapshot.Tags ?? []) : null, [snapshot]))
                .GroupBy(one => one.Key, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.First() with { Snapshots = [.. group.SelectMany(one => one.Snapshots)] }),
        ];
    }

    public string Title(Speech speech)
    {
        List<string> parts = [];
        if (Host is not null)
            parts.Add(speech.Say(UpkeepSentences.GroupHost, Host));
        if (Paths is not null)
            parts.Add(speech.Say(UpkeepSentences.GroupPaths, string.Join(", ", Paths)));
        if (Tags is not null)
            parts.Add(speech.Say(UpkeepSentences.GroupTags, string.Join(", ", Tags)));
        return parts.Count == 0 ? speech.Say(UpkeepSentences.GroupAll) : string.Join("; ", parts);
    }

    // A zero byte is in no host name, path or tag.
    private string Key => string.Join('\0', new[] { Host ?? "", "" }.Concat(Paths ?? []).Append("").Concat(Tags ?? []));

    private static List<string> Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}
