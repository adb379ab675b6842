using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

/// <summary>How the tag verb changes tags.</summary>
internal sealed class TagFlags(Speech speech)
{
    private readonly Option<string[]> _set = new("--set") { Description = speech.Say(UpkeepSentences.SetTags), HelpName = "tags" };
    private readonly Option<string[]> _add = new("--add") { Description = speech.Say(UpkeepSentences.AddTags), HelpName = "tags" };
    private readonly Option<string[]> _remove = new("--remove") { Description = speech.Say(UpkeepSentences.RemoveTags), HelpName = "tags" };

    public void AddTo(Command command)
    {
        command.Add(_set);
        command.Add(_add);
        command.Add(_remove);
    }

    public void Check(ParseResult parsed)
    {
        var (set, other) = (IsGiven(parsed, _set), IsGiven(parsed, _add) || IsGiven(parsed, _remove));
        if (!set && !other)
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.NoTags);
        if (set && other)
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.SetAndAdd);
    }

    /// <summary>The tags afterwards: what was there keeps its order, what is added follows.</summary>
    public IReadOnlyList<string> Apply(ParseResult parsed, IReadOnlyList<string> tags)
    {
        if (IsGiven(parsed, _set))
            return [.. Values(parsed, _set).Distinct(StringComparer.Ordinal)];
        var removed = Values(parsed, _remove).ToHashSet(StringComparer.Ordinal);
        return [.. tags.Concat(Values(parsed, _add)).Distinct(StringComparer.Ordinal).Where(tag => !removed.Contains(tag))];
    }

    private static bool IsGiven(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 };

    private static IEnumerable<string> Values(ParseResult parsed, Option<string[]> option) => (parsed.GetValue(option) ?? []).SelectMany(TagList.Parse);
}
