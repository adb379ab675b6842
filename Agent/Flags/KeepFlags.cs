using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Languages;
using BackupOnline.Rules.Retention;
using NodaTime;

namespace BackupOnline.Agent.Flags;

/// <summary>The keep rules of forget, named as restic names them.</summary>
internal sealed class KeepFlags(Speech speech)
{
    private const string Unlimited = "unlimited";

    private readonly Option<string?> _last = Count(speech, "--keep-last", "-l", KeepSentences.KeepLast);
    private readonly Option<string?> _hourly = Count(speech, "--keep-hourly", "-H", KeepSentences.KeepHourly);
    private readonly Option<string?> _daily = Count(speech, "--keep-daily", "-d", KeepSentences.KeepDaily);
    private readonly Option<string?> _weekly = Count(speech, "--keep-weekly", "-w", KeepSentences.KeepWeekly);
    private readonly Option<string?> _monthly = Count(speech, "--keep-monthly", "-m", KeepSentences.KeepMonthly);
    private readonly Option<string?> _yearly = Count(speech, "--keep-yearly", "-y", KeepSentences.KeepYearly);
    private readonly Option<string?> _within = Within(speech, "--keep-within", KeepSentences.KeepWithin);
    private readonly Option<string?> _withinHourly = Within(speech, "--keep-within-hourly", KeepSentences.KeepWithinHourly);
    private readonly Option<string?> _withinDaily = Within(speech, "--keep-within-daily", KeepSentences.KeepWithinDaily);
    private readonly Option<string?> _withinWeekly = Within(speech, "--keep-within-weekly", KeepSentences.KeepWithinWeekly);
    private readonly Option<string?> _withinMonthly = Within(speech, "--keep-within-monthly", KeepSentences.KeepWithinMonthly);
    private readonly Option<string?> _withinYearly = Within(speech, "--keep-within-yearly", KeepSentences.KeepWithinYearly);
    private readonly Option<string[]> _tags = new("--keep-tag") { Description = speech.Say(KeepSentences.KeepTag), HelpName = "taglist" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _last, _hourly, _daily, _weekly, _monthly, _yearly, _within, _withinHourly, _withinDaily, _withinWeekly, _withinMonthly, _withinYearly, _tags,
        })
        {
            command.Add(option);
        }
    }

    public KeepPolicy Policy(ParseResult parsed) => new()
    {
        Last = CountOf(parsed, _last),
        Hourly = CountOf(parsed, _hourly),
        Daily = CountOf(parsed, _daily),
        Weekly = CountOf(parsed, _weekly),
        Monthly = CountOf(parsed, _monthly),
        Yearly = CountOf(parsed, _yearly),
        Within = PeriodOf(parsed, _within),
        WithinHourly = PeriodOf(parsed, _withinHourly),
        WithinDaily = PeriodOf(parsed, _withinDaily),
        WithinWeekly = PeriodOf(parsed, _withinWeekly),
        WithinMonthly = PeriodOf(parsed, _withinMonthly),
        WithinYearly = PeriodOf(parsed, _withinYearly),
        Tags = [.. (parsed.GetValue(_tags) ?? []).Select(list => TagList.Parse(list).ToImmutableArray())],
    };

    private static Option<string?> Count(Speech speech, string name, string alias, Sentence sentence) =>
        new(name, alias) { Description = speech.Say(sentence), HelpName = "count" };

    private static Option<string?> Within(Speech speech, string name, Sentence sentence) => new(name) { Description = speech.Say(sentence), HelpName = "period" };

    private static int CountOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => 0,
        Unlimited or "-1" => KeepPolicy.Unlimited,
        var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw FlagText.Bad(option.Name, text, KeepSentences.BadCount),
    };

    private static Period? PeriodOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text
        ? null
        : PeriodText.TryParse(text, out var period) ? period : throw FlagText.Bad(option.Name, text, KeepSentences.BadPeriod);
}
