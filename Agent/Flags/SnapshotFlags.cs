using System.CommandLine;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Flags;

/// <summary>Which snapshots are meant: --host, --path, --tag, as with restic. Hosts and tag lists that are repeated are alternatives; paths must all be there.</summary>
/// <param name="speech">The language of the descriptions.</param>
/// <param name="shortHost">Whether -H is --host; forget has another use for it.</param>
internal sealed class SnapshotFlags(Speech speech, bool shortHost = true)
{
    private const string Latest = "latest";

    private readonly Option<string[]> _hosts = new("--host", shortHost ? ["-H"] : []) { Description = speech.Say(FlagSentences.FilterHost), HelpName = "host" };
    private readonly Option<string[]> _paths = new("--path") { Description = speech.Say(FlagSentences.FilterPath), HelpName = "path" };
    private readonly Option<string[]> _tags = new("--tag") { Description = speech.Say(FlagSentences.FilterTag), HelpName = "taglist" };

    public void AddTo(Command command)
    {
        command.Add(_hosts);
        command.Add(_paths);
        command.Add(_tags);
    }

    public bool IsGiven(ParseResult parsed) => new[] { _hosts, _paths, _tags }.Any(option => parsed.GetValue(option) is { Length: > 0 });

    public bool Matches(ParseResult parsed, Snapshot snapshot) => Filters(parsed).Any(filter => filter.Matches(snapshot));

    /// <summary>The snapshot that an id's beginning or "latest" (of those that the flags take) names.</summary>
    public async Task<Snapshot> FindAsync(ParseResult parsed, Repository repository, string idOrLatest, CancellationToken cancellation)
    {
        var filters = Filters(parsed).ToList();
        if (filters.Count == 1 || idOrLatest != Latest)
            return await repository.FindSnapshotAsync(idOrLatest, filters[0], cancellation);
        var newest = (await repository.SnapshotsAsync(null, cancellation))
            .Where(snapshot => filters.Exists(filter => filter.Matches(snapshot)))
            .MaxBy(snapshot => snapshot.Time);
        return newest ?? await repository.FindSnapshotAsync(Latest, filters[0], cancellation);
    }

    /// <summary>The named snapshots, each once, or without a name all that the flags take; oldest first. Damaged ones are told of and passed over unless they are named.</summary>
    public async Task<IReadOnlyList<Snapshot>> SelectAsync(ParseResult parsed, OpenRepository open, Screen screen, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        if (names.Count == 0)
            return [.. (await open.ReadableSnapshotsAsync(screen, cancellation)).Where(snapshot => Matches(parsed, snapshot))];
        var found = new List<Snapshot>();
        foreach (var name in names)
            found.Add(await FindAsync(parsed, open.Repository, name, cancellation));
        return [.. found.DistinctBy(snapshot => snapshot.Id).OrderBy(snapshot => snapshot.Time).ThenBy(snapshot => snapshot.Id)];
    }

    private IEnumerable<SnapshotFilter> Filters(ParseResult parsed)
    {
        var paths = (parsed.GetValue(_paths) ?? []).Select(Path.GetFullPath).ToArray();
        IEnumerable<string?> hosts = parsed.GetValue(_hosts) is { Length: > 0 } names ? names : new string?[] { null };
        IReadOnlyList<string>[] tagLists = parsed.GetValue(_tags) is { Length: > 0 } lists ? [.. lists.Select(TagList.Parse)] : [[]];
        return from host in hosts from tags in tagLists select new SnapshotFilter { Host = host, Paths = paths, Tags = tags };
    }
}
