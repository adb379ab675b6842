using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Filters;

namespace BackupOnline.Agent.Flags;

/// <summary>What a backup leaves out.</summary>
internal sealed class SelectionFlags(Speech speech)
{
    private readonly Option<string[]> _exclude = new("--exclude", "-e") { Description = speech.Say(FlagSentences.Exclude), HelpName = "pattern" };
    private readonly Option<string[]> _insensitive = new("--iexclude") { Description = speech.Say(FlagSentences.InsensitiveExclude), HelpName = "pattern" };
    private readonly Option<string[]> _file = new("--exclude-file") { Description = speech.Say(FlagSentences.ExcludeFile), HelpName = "file" };
    private readonly Option<string[]> _insensitiveFile = new("--iexclude-file") { Description = speech.Say(FlagSentences.InsensitiveExcludeFile), HelpName = "file" };
    private readonly Option<string[]> _ifPresent = new("--exclude-if-present") { Description = speech.Say(FlagSentences.ExcludeIfPresent), HelpName = "name[:header]" };
    private readonly Option<bool> _caches = new("--exclude-caches") { Description = speech.Say(FlagSentences.ExcludeCaches) };
    private readonly Option<string?> _larger = new("--exclude-larger-than") { Description = speech.Say(FlagSentences.ExcludeLargerThan), HelpName = "size" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _exclude, _insensitive, _file, _insensitiveFile, _ifPresent, _caches, _larger })
            command.Add(option);
    }

    /// <summary>What a snapshot keeps of it, as with restic: the patterns of --exclude, as they were typed.</summary>
    public IReadOnlyList<string> Texts(ParseResult parsed) => parsed.GetValue(_exclude) ?? [];

    public ExcludeRules Rules(ParseResult parsed, Func<string, string?> variable)
    {
        try
        {
            return new ExcludeRules
            {
                Patterns = PatternList.Parse(All(parsed, _exclude, _file, variable)),
                CaseInsensitivePatterns = PatternList.Parse(All(parsed, _insensitive, _insensitiveFile, variable), ignoreCase: true),
                IfPresent = [.. (parsed.GetValue(_ifPresent) ?? []).Select(FolderTag.Parse), .. parsed.GetValue(_caches) ? [FolderTag.CacheDirectory] : Array.Empty<FolderTag>()],
                LargerThanBytes = parsed.GetValue(_larger) is { } size ? FlagText.Size("--exclude-larger-than", size) : null,
            };
        }
        catch (FormatException malformed)
        {
            throw new AgentStop(ExitCode.Fatal, Commands.RunSentences.BadPattern, malformed.Message);
        }
    }

    private static IEnumerable<string> All(ParseResult parsed, Option<string[]> patterns, Option<string[]> files, Func<string, string?> variable) =>
        (parsed.GetValue(patterns) ?? []).Concat((parsed.GetValue(files) ?? []).SelectMany(file => PatternFile.Read(file, variable)));
}
