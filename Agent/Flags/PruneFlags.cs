using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Flags;

/// <summary>How a prune works, for prune and for forget --prune.</summary>
internal sealed class PruneFlags(Speech speech)
{
    private readonly Option<string?> _maxUnused = new("--max-unused") { Description = speech.Say(PruneSentences.MaxUnused), HelpName = "limit" };
    private readonly Option<string?> _maxRepack = new("--max-repack-size") { Description = speech.Say(PruneSentences.MaxRepackSize), HelpName = "size" };
    private readonly Option<bool> _cacheable = new("--repack-cacheable-only") { Description = speech.Say(PruneSentences.RepackCacheableOnly) };
    private readonly Option<bool> _small = new("--repack-small") { Description = speech.Say(PruneSentences.RepackSmall) };
    private readonly Option<string?> _grace = new("--grace") { Description = speech.Say(PruneSentences.Grace), HelpName = "duration" };
    private readonly Option<string?> _noSpace = new("--unsafe-recover-no-free-space") { Description = speech.Say(PruneSentences.UnsafeRecover), HelpName = "ID" };

    /// <param name="command">The verb.</param>
    /// <param name="alone">The verb prunes and does nothing else.</param>
    public void AddTo(Command command, bool alone)
    {
        foreach (var option in new Option[] { _maxUnused, _maxRepack, _cacheable, _small, _grace })
            command.Add(option);
        if (alone)
            command.Add(_noSpace);
    }

    /// <summary>Wrong values are told before anything is done.</summary>
    public void Check(ParseResult parsed) => Options(parsed, null);

    public TimeSpan Grace(ParseResult parsed) => parsed.GetValue(_grace) is { } text ? FlagText.Duration("--grace", text) : TimeSpan.Zero;

    public bool IsLastResort(ParseResult parsed) => parsed.GetValue(_noSpace) is not null;

    public PruneOptions Options(ParseResult parsed, Repository? repository, bool beside = false, bool repack = true, IReadOnlySet<ObjectId>? without = null)
    {
        var lastResort = IsLastResort(parsed);
        if (lastResort && repository is not null && parsed.GetValue(_noSpace) != repository.Config.Id)
            throw new AgentStop(ExitCode.Fatal, PruneSentences.UnsafeNeedsId, repository.Config.Id);
        return new PruneOptions
        {
            MaxUnused = parsed.GetValue(_maxUnused) is { } limit ? Limit(limit) : UnusedLimit.FivePercent,
            MaxRepackBytes = lastResort || !repack ? 0 : parsed.GetValue(_maxRepack) is { } size ? FlagText.Size("--max-repack-size", size) : long.MaxValue,
            RepackCacheableOnly = parsed.GetValue(_cacheable),
            RepackSmall = parsed.GetValue(_small),
            Grace = Grace(parsed),
            Beside = beside,
            PacksFirst = lastResort,
            WithoutSnapshots = without ?? new HashSet<ObjectId>(),
        };
    }

    private static UnusedLimit Limit(string text)
    {
        if (text == "unlimited")
            return UnusedLimit.Unlimited;
        if (!text.EndsWith('%'))
            return UnusedLimit.OfBytes(FlagText.Size("--max-unused", text, PruneSentences.BadUnused));
        return double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent < 100
            ? UnusedLimit.OfPercent(percent)
            : throw FlagText.Bad("--max-unused", text, PruneSentences.BadPercent);
    }
}
