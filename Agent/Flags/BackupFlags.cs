using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Flags;

/// <summary>What the backup verb takes beside the global flags.</summary>
internal sealed class BackupFlags(Speech speech)
{
    private readonly Argument<string[]> _paths = new("path") { Description = speech.Say(CommandSentences.PathsArgument), Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = speech.Say(FlagSentences.DryRun) };
    private readonly Option<bool> _oneFileSystem = new("--one-file-system", "-x") { Description = speech.Say(FlagSentences.OneFileSystem) };
    private readonly Option<string[]> _filesFrom = new("--files-from") { Description = speech.Say(FlagSentences.FilesFrom), HelpName = "file" };
    private readonly Option<string[]> _filesFromVerbatim = new("--files-from-verbatim") { Description = speech.Say(FlagSentences.FilesFromVerbatim), HelpName = "file" };
    private readonly Option<string[]> _filesFromRaw = new("--files-from-raw") { Description = speech.Say(FlagSentences.FilesFromRaw), HelpName = "file" };
    private readonly Option<string[]> _tags = new("--tag") { Description = speech.Say(FlagSentences.Tag), HelpName = "tags" };
    private readonly Option<string?> _host = new("--host", "-H") { Description = speech.Say(FlagSentences.Host), HelpName = "host" };
    private readonly Option<string?> _time = new("--time") { Description = speech.Say(FlagSentences.Time), HelpName = "time" };
    private readonly Option<string?> _parent = new("--parent") { Description = speech.Say(FlagSentences.Parent), HelpName = "snapshot" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = speech.Say(FlagSentences.Force) };
    private readonly Option<bool> _withAtime = new("--with-atime") { Description = speech.Say(FlagSentences.WithAtime) };
    private readonly Option<bool> _ignoreInode = new("--ignore-inode") { Description = speech.Say(FlagSentences.IgnoreInode) };
    private readonly Option<bool> _ignoreCtime = new("--ignore-ctime") { Description = speech.Say(FlagSentences.IgnoreCtime) };
    private readonly Option<string?> _readConcurrency = new("--read-concurrency") { Description = speech.Say(FlagSentences.ReadConcurrency), HelpName = "n" };
    private readonly Option<bool> _urgent = new("--urgent") { Description = speech.Say(FlagSentences.Urgent) };
    private readonly Option<bool> _noScan = new("--no-scan") { Description = speech.Say(StreamSentences.NoScan) };
    private readonly Option<bool> _skipIfUnchanged = new("--skip-if-unchanged") { Description = speech.Say(FlagSentences.SkipIfUnchanged) };
    private readonly StreamFlags _stream = new(speech);
    private readonly SelectionFlags _selection = new(speech);

    public void AddTo(Command command)
    {
        command.Add(_paths);
        foreach (var option in new Option[]
        {
            _dryRun, _oneFileSystem, _filesFrom, _filesFromVerbatim, _filesFromRaw, _tags, _host, _time, _parent, _force, _withAtime, _ignoreInode, _ignoreCtime, _readConcurrency, _urgent,
            _noScan, _skipIfUnchanged,
        })
        {
            command.Add(option);
        }

        _stream.AddTo(command);
        _selection.AddTo(command);
    }

    /// <summary>What is backed up instead of files, or null.</summary>
    public StreamSource? Stream(ParseResult parsed)
    {
        var files = new[] { _filesFrom, _filesFromVerbatim, _filesFromRaw }.Any(flag => parsed.GetValue(flag) is { Length: > 0 });
        return _stream.Source(parsed, parsed.GetValue(_paths) ?? [], files);
    }

    public bool DryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>At full speed within the shelf's ceiling, whatever the plan says.</summary>
    public bool Urgent(ParseResult parsed) => parsed.GetValue(_urgent);

    public string? Parent(ParseResult parsed) => parsed.GetValue(_parent);

    public IReadOnlyList<RawPath> Targets(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_paths) ?? []).Where(path => path.Length > 0).Select(RawPath.FromText),
        .. (parsed.GetValue(_filesFrom) ?? []).SelectMany(TargetList.FromPatterns),
        .. (parsed.GetValue(_filesFromVerbatim) ?? []).SelectMany(TargetList.Verbatim),
        .. (parsed.GetValue(_filesFromRaw) ?? []).SelectMany(TargetList.Raw),
    ];

    public BackupOptions Options(ParseResult parsed, Surroundings surroundings, IReadOnlyList<RawPath> targets, Snapshot? parent, IBackupObserver observer, bool countTotals)
    {
        var concurrency = parsed.GetValue(_readConcurrency) ?? surroundings.Setting("READ_CONCURRENCY");
        return new BackupOptions
        {
            Targets = targets,
            Host = parsed.GetValue(_host) ?? surroundings.Setting("HOST") ?? Account.HostName,
            Username = Account.UserName,
            Uid = Account.Uid,
            Gid = Account.Gid,
            Tags = [.. (parsed.GetValue(_tags) ?? []).SelectMany(TagList.Parse).Distinct(StringComparer.Ordinal)],
            Time = parsed.GetValue(_time) is { } time && time != "now" ? FlagText.Time("--time", time) : null,
            ProgramVersion = "backuponline " + Product.Version,
            Excludes = _selection.Rules(parsed, surroundings.Variable),
            ExcludeTexts = _selection.Texts(parsed),
            OneFileSystem = parsed.GetValue(_oneFileSystem),
            Parent = parent,
            Force = parsed.GetValue(_force),
            WithAccessTimes = parsed.GetValue(_withAtime),
            IgnoreChangeTime = parsed.GetValue(_ignoreCtime) || parsed.GetValue(_ignoreInode),
            IgnoreInode = parsed.GetValue(_ignoreInode),
            DryRun = DryRun(parsed),
            SkipIfUnchanged = parsed.GetValue(_skipIfUnchanged),
            CountTotals = countTotals && !parsed.GetValue(_noScan),
            ReadConcurrency = concurrency is null ? 2 : FlagText.Number("--read-concurrency", concurrency, 1, 32, FlagSentences.BadReadConcurrency),
            Observer = observer,
        };
    }
}
