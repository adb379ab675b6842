using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Engine.Finding;

namespace BackupOnline.Agent.Flags;

/// <summary>What the find verb takes beside the global flags.</summary>
internal sealed class FindFlags(Speech speech)
{
    private readonly Argument<string[]> _patterns = new("pattern") { Description = speech.Say(FindSentences.PatternArgument), Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _oldest = new("--oldest", "-O") { Description = speech.Say(FindSentences.Oldest), HelpName = "time" };
    private readonly Option<string?> _newest = new("--newest", "-N") { Description = speech.Say(FindSentences.Newest), HelpName = "time" };
    private readonly Option<string[]> _snapshots = new("--snapshot", "-s") { Description = speech.Say(FindSentences.Snapshot), HelpName = "id" };
    private readonly Option<bool> _ignoreCase = new("--ignore-case", "-i") { Description = speech.Say(FindSentences.IgnoreCase) };
    private readonly Option<bool> _reverse = new("--reverse", "-R") { Description = speech.Say(FindSentences.Reverse) };
    private readonly Option<bool> _details = new("--long", "-l") { Description = speech.Say(RunSentences.Long) };
    private readonly Option<bool> _blob = new("--blob") { Description = speech.Say(FindSentences.Blob) };
    private readonly Option<bool> _tree = new("--tree") { Description = speech.Say(FindSentences.Tree) };
    private readonly Option<bool> _pack = new("--pack") { Description = speech.Say(FindSentences.Pack) };
    private readonly Option<bool> _showPack = new("--show-pack-id") { Description = speech.Say(FindSentences.ShowPack) };

    public void AddTo(Command command)
    {
        command.Add(_patterns);
        foreach (var option in new Option[] { _oldest, _newest, _snapshots, _ignoreCase, _reverse, _details, _blob, _tree, _pack, _showPack })
            command.Add(option);
    }

    public IReadOnlyList<string> Snapshots(ParseResult parsed) => parsed.GetValue(_snapshots) ?? [];

    public bool Reverse(ParseResult parsed) => parsed.GetValue(_reverse);

    public bool Details(ParseResult parsed) => parsed.GetValue(_details);

    public bool ShowsPack(ParseResult parsed) => parsed.GetValue(_showPack);

    public bool Blobs(ParseResult parsed) => parsed.GetValue(_blob);

    public bool Trees(ParseResult parsed) => parsed.GetValue(_tree);

    public bool Packs(ParseResult parsed) => parsed.GetValue(_pack);

    /// <summary>The beginnings of ids, or null when files are looked for.</summary>
    public IReadOnlyList<string>? Ids(ParseResult parsed)
    {
        var kinds = new[] { Blobs(parsed), Trees(parsed), Packs(parsed) }.Count(given => given);
        if (kinds > 1)
            throw new AgentStop(ExitCode.Fatal, FindSentences.OneKind);
        if (kinds == 0)
            return null;
        var ids = parsed.GetRequiredValue(_patterns);
        return Array.Find(ids, id => id.Length > 64 || !id.All(char.IsAsciiHexDigit)) is { } wrong
            ? throw new AgentStop(ExitCode.Fatal, FindSentences.BadId, wrong)
            : [.. ids.Select(id => id.ToLowerInvariant())];
    }

    public FindQuery Query(ParseResult parsed)
    {
        try
        {
            return new FindQuery(parsed.GetRequiredValue(_patterns), parsed.GetValue(_ignoreCase))
            {
                Oldest = parsed.GetValue(_oldest) is { } oldest ? FlagText.Time("--oldest", oldest) : null,
                Newest = parsed.GetValue(_newest) is { } newest ? FlagText.Time("--newest", newest) : null,
            };
        }
        catch (FormatException malformed)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.BadPattern, malformed.Message);
        }
    }
}
