using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Rules.Retention;

namespace BackupOnline.Agent.Flags;

/// <summary>What the forget verb takes beside the global flags.</summary>
internal sealed class ForgetFlags(Speech speech)
{
    private readonly Argument<string[]> _ids = new("id") { Description = speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
    private readonly KeepFlags _keep = new(speech);
    private readonly Option<bool> _compact = new("--compact", "-c") { Description = speech.Say(UpkeepSentences.Compact) };

    // --group-by= is a value too: one group.
    private readonly Option<string?> _groupBy = new("--group-by", "-g") { Description = speech.Say(UpkeepSentences.GroupBy), HelpName = "groups", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = speech.Say(FlagSentences.DryRun) };
    private readonly Option<bool> _prune = new("--prune") { Description = speech.Say(UpkeepSentences.AlsoPrune) };
    private readonly Option<bool> _removeAll = new("--unsafe-allow-remove-all") { Description = speech.Say(UpkeepSentences.UnsafeRemoveAll) };

    public SnapshotFlags Filter { get; } = new(speech, shortHost: false);

    public PruneFlags Prune { get; } = new(speech);

    public void AddTo(Command command)
    {
        command.Add(_ids);
        _keep.AddTo(command);
        Filter.AddTo(command);
        foreach (var option in new Option[] { _compact, _groupBy, _dryRun, _prune, _removeAll })
            command.Add(option);
        Prune.AddTo(command, alone: false);
    }

    /// <summary>What is wrong with the command line is told before the repository is opened: a wrong value, or nothing that says what to keep or remove.</summary>
    public void Check(ParseResult parsed)
    {
        Prune.Check(parsed);
        SnapshotGroup.Make(GroupBy(parsed), []);
        if (!Policy(parsed).IsEmpty || Ids(parsed).Length > 0)
            return;
        if (!AllowsRemoveAll(parsed))
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.NoPolicy);
        if (!Filter.IsGiven(parsed))
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.UnsafeNeedsFilter);
    }

    public string[] Ids(ParseResult parsed) => parsed.GetValue(_ids) ?? [];

    public KeepPolicy Policy(ParseResult parsed) => _keep.Policy(parsed);

    public bool Compact(ParseResult parsed) => parsed.GetValue(_compact);

    public string GroupBy(ParseResult parsed) => parsed.GetResult(_groupBy) is null ? SnapshotGroup.Default : parsed.GetValue(_groupBy) ?? "";

    public bool DryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    public bool Prunes(ParseResult parsed) => parsed.GetValue(_prune);

    public bool AllowsRemoveAll(ParseResult parsed) => parsed.GetValue(_removeAll);
}
