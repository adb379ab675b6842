using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Filters;

namespace BackupOnline.Agent.Flags;

/// <summary>What the rewrite verb takes beside the global flags.</summary>
internal sealed class RewriteFlags(Speech speech)
{
    private readonly Option<string[]> _exclude = new("--exclude", "-e") { Description = speech.Say(FlagSentences.Exclude), HelpName = "pattern" };
    private readonly Option<string[]> _insensitive = new("--iexclude") { Description = speech.Say(FlagSentences.InsensitiveExclude), HelpName = "pattern" };
    private readonly Option<string[]> _file = new("--exclude-file") { Description = speech.Say(FlagSentences.ExcludeFile), HelpName = "file" };
    private readonly Option<string[]> _insensitiveFile = new("--iexclude-file") { Description = speech.Say(FlagSentences.InsensitiveExcludeFile), HelpName = "file" };
    private readonly Option<bool> _forget = new("--forget") { Description = speech.Say(RewriteSentences.Forget) };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = speech.Say(FlagSentences.DryRun) };
    private readonly Option<string?> _host = new("--new-host") { Description = speech.Say(RewriteSentences.NewHost), HelpName = "host" };
    private readonly Option<string?> _time = new("--new-time") { Description = speech.Say(RewriteSentences.NewTime), HelpName = "time" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _exclude, _insensitive, _file, _insensitiveFile, _forget, _dryRun, _host, _time })
            command.Add(option);
    }

    public bool Forgets(ParseResult parsed) => parsed.GetValue(_forget);

    public bool DryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    public string? Host(ParseResult parsed) => parsed.GetValue(_host);

    public DateTimeOffset? Time(ParseResult parsed) => parsed.GetValue(_time) is { } time ? FlagText.Time("--new-time", time) : null;

    /// <summary>What is left out; null when nothing was said.</summary>
    public ExcludeRules? Rules(ParseResult parsed, Func<string, string?> variable)
    {
        try
        {
            var rules = new ExcludeRules
            {
                Patterns = PatternList.Parse(All(parsed, _exclude, _file, variable)),
                CaseInsensitivePatterns = PatternList.Parse(All(parsed, _insensitive, _insensitiveFile, variable), ignoreCase: true),
            };
            return rules.Patterns.IsEmpty && rules.CaseInsensitivePatterns.IsEmpty ? null : rules;
        }
        catch (FormatException malformed)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.BadPattern, malformed.Message);
        }
    }

    private static IEnumerable<string> All(ParseResult parsed, Option<string[]> patterns, Option<string[]> files, Func<string, string?> variable) =>
        (parsed.GetValue(patterns) ?? []).Concat((parsed.GetValue(files) ?? []).SelectMany(file => PatternFile.Read(file, variable)));
}
