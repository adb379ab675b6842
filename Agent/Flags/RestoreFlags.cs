using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Restoring;

namespace BackupOnline.Agent.Flags;

/// <summary>What the restore verb takes beside the global flags.</summary>
internal sealed class RestoreFlags(Speech speech)
{
    private readonly Option<string> _target = new("--target", "-t") { Description = speech.Say(FlagSentences.Target), HelpName = "folder", Required = true };
    private readonly Option<string[]> _include = new("--include", "-i") { Description = speech.Say(FlagSentences.Include), HelpName = "pattern" };
    private readonly Option<string[]> _insensitiveInclude = new("--iinclude") { Description = speech.Say(FlagSentences.InsensitiveInclude), HelpName = "pattern" };
    private readonly Option<string[]> _includeFile = new("--include-file") { Description = speech.Say(FlagSentences.Include), HelpName = "file", Hidden = true };
    private readonly Option<string[]> _exclude = new("--exclude", "-e") { Description = speech.Say(FlagSentences.Exclude), HelpName = "pattern" };
    private readonly Option<string[]> _insensitiveExclude = new("--iexclude") { Description = speech.Say(FlagSentences.InsensitiveExclude), HelpName = "pattern" };
    private readonly Option<string[]> _insensitiveIncludeFile = new("--iinclude-file") { Description = speech.Say(FlagSentences.InsensitiveInclude), HelpName = "file", Hidden = true };
    private readonly Option<string[]> _insensitiveExcludeFile = new("--iexclude-file") { Description = speech.Say(FlagSentences.InsensitiveExcludeFile), HelpName = "file" };
    private readonly Option<string?> _overwrite = new("--overwrite") { Description = speech.Say(FlagSentences.Overwrite), HelpName = "mode" };
    private readonly Option<bool> _verify = new("--verify") { Description = speech.Say(FlagSentences.Verify) };
    private readonly Option<bool> _delete = new("--delete") { Description = speech.Say(RestoreSentences.Delete) };
    private readonly Option<bool> _sparse = new("--sparse") { Description = speech.Say(RestoreSentences.Sparse), Hidden = true };
    private readonly Option<string[]> _excludeFile = new("--exclude-file") { Description = speech.Say(FlagSentences.ExcludeFile), HelpName = "file" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _target, _include, _insensitiveInclude, _includeFile, _exclude, _insensitiveExclude, _excludeFile, _insensitiveIncludeFile, _insensitiveExcludeFile, _overwrite, _verify, _delete, _sparse })
            command.Add(option);
    }

    public RestoreOptions Options(ParseResult parsed, BlobId tree, Func<string, string?> variable)
    {
        try
        {
            var include = PatternList.Parse(All(parsed, _include, _includeFile, variable));
            var insensitiveInclude = PatternList.Parse(All(parsed, _insensitiveInclude, _insensitiveIncludeFile, variable), ignoreCase: true);
            var exclude = PatternList.Parse(All(parsed, _exclude, _excludeFile, variable));
            var insensitiveExclude = PatternList.Parse(All(parsed, _insensitiveExclude, _insensitiveExcludeFile, variable), ignoreCase: true);
            if ((!include.IsEmpty || !insensitiveInclude.IsEmpty) && (!exclude.IsEmpty || !insensitiveExclude.IsEmpty))
                throw new AgentStop(ExitCode.Fatal, RunSentences.IncludeAndExclude);
            var target = Path.GetFullPath(parsed.GetRequiredValue(_target));
            if (parsed.GetValue(_delete) && target == "/" && include.IsEmpty && insensitiveInclude.IsEmpty && exclude.IsEmpty && insensitiveExclude.IsEmpty)
                throw new AgentStop(ExitCode.Fatal, RestoreSentences.DeleteEverything);
            return new RestoreOptions
            {
                Tree = tree,
                Target = RawPath.FromText(target),
                Overwrite = OverwriteOf(parsed.GetValue(_overwrite)),
                Verify = parsed.GetValue(_verify),
                Delete = parsed.GetValue(_delete),
                Include = include,
                CaseInsensitiveInclude = insensitiveInclude,
                Exclude = exclude,
                CaseInsensitiveExclude = insensitiveExclude,
            };
        }
        catch (FormatException malformed)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.BadPattern, malformed.Message);
        }
    }

    private static OverwritePolicy OverwriteOf(string? text) => text switch
    {
        null or "always" => OverwritePolicy.Always,
        "if-changed" => OverwritePolicy.IfChanged,
        "if-newer" => OverwritePolicy.IfNewer,
        "never" => OverwritePolicy.Never,
        _ => throw FlagText.Bad("--overwrite", text, RestoreSentences.BadOverwrite),
    };

    private static IEnumerable<string> All(ParseResult parsed, Option<string[]> patterns, Option<string[]> files, Func<string, string?> variable) =>
        (parsed.GetValue(patterns) ?? []).Concat((parsed.GetValue(files) ?? []).SelectMany(file => PatternFile.Read(file, variable)));
}
