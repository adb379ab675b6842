using System.Collections.Immutable;
using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Rules.Tests.Availability;

public sealed class MinuteRuleTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 1, 10, 0);
    private static readonly MinuteVault Old = new("main", Start - Duration.FromDays(1));

    [Fact]
    public void A_minute_is_up_when_every_vault_has_a_good_probe() =>
        Assert.Equal("UUU", Judge(3, vaults: [Old, Old with { Name = "second" }], runs: [Run(0, 3), Run(0, 3, vault: "second")]));

    [Fact]
    public void A_failed_probe_of_any_vault_makes_it_down_whatever_another_prober_saw() =>
        Assert.Equal("UFU", Judge(3, vaults: [Old, Old with { Name = "second" }], runs: [Run(0, 3), Run(0, 3, vault: "second"), Run(1, 2, good: false, vault: "second")]));

    [Fact]
    public void Without_a_result_it_is_down_and_ours() => Assert.Equal("UXXU", Judge(4, runs: [Run(0, 1), Run(3, 4)]));

    [Fact]
    public void One_of_two_vaults_without_a_result_is_enough() =>
        Assert.Equal("UX", Judge(2, vaults: [Old, Old with { Name = "second" }], runs: [Run(0, 2), Run(0, 1, vault: "second")]));

    [Fact]
    public void Overlapping_and_long_runs_count_once() =>
        Assert.Equal("UUX", Judge(3, vaults: [Old, Old with { Name = "second" }], runs: [Run(-50, 3), Run(0, 2), Run(0, 100, vault: "other"), Run(0, 2, vault: "second"), Run(0, 1, vault: "second")]));

    [Theory]
    [InlineData(0, "-UU")]
    [InlineData(1, "--U")]
    [InlineData(60, "--U")]
    [InlineData(61, "---")]
    [InlineData(-60, "UUU")]
    [InlineData(-59, "-UU")]
    public void Nothing_is_owed_before_the_first_whole_minute_a_minute_after_the_vaults_creation(int seconds, string expected) =>
        Assert.Equal(expected, Judge(3, vaults: [new("main", Start + Duration.FromSeconds(seconds))], runs: [Run(0, 3)]));

    [Fact]
    public void A_failure_before_the_vault_is_owed_counts_for_nothing() =>
        Assert.Equal("-U", Judge(2, vaults: [new("main", Start)], runs: [Run(0, 1, good: false), Run(1, 2)]));

    [Fact]
    public void Without_a_vault_nothing_is_counted() => Assert.Equal("--", Judge(2, vaults: []));

    [Theory]
    [InlineData(60, 120, "U--UU")]
    [InlineData(61, 119, "U--UU")]
    [InlineData(0, 1, "--UUU")]
    [InlineData(179, 181, "UU---")]
    [InlineData(-500, -100, "UUUUU")]
    public void What_a_suspension_touches_is_not_counted_nor_the_minute_in_which_it_settles(int from, int until, string expected) =>
        Assert.Equal(expected, Judge(5, runs: [Run(0, 5)], suspensions: [new(Start + Duration.FromSeconds(from), Start + Duration.FromSeconds(until))]));

    [Fact]
    public void A_suspension_without_an_end_lasts_on_and_covers_outages() =>
        Assert.Equal("U--", Judge(3, runs: [Run(0, 1), Run(2, 3, good: false)], suspensions: [new(Start + Duration.FromMinutes(1), null)]));

    [Fact]
    public void A_suspension_without_a_beginning_covers_all_before_its_end() =>
        Assert.Equal("--U", Judge(3, runs: [Run(0, 3)], suspensions: [new(null, Start + Duration.FromMinutes(1))]));

    [Fact]
    public void A_correction_gives_its_cause_to_down_minutes_alone_and_a_later_one_wins()
    {
        var verdicts = MinuteRule.Judge(Question(4, [Old], [Run(0, 1), Run(1, 4, good: false)], [], [Correct(0, 3, OutageCause.Internet), Correct(2, 9, OutageCause.Customer)]));

        Assert.Equal(
            [(MinuteKind.Up, OutageCause.Ours), (MinuteKind.Failed, OutageCause.Internet), (MinuteKind.Failed, OutageCause.Customer), (MinuteKind.Failed, OutageCause.Customer)],
            verdicts.Select(verdict => (verdict.Kind, verdict.Cause)));
    }

    [Fact]
    public void A_declared_correction_makes_counted_minutes_down_and_no_others()
    {
        var verdicts = MinuteRule.Judge(Question(3, [new("main", Start)], [Run(1, 3)], [], [Correct(-5, 2, OutageCause.Ours, declared: true)]));

        Assert.Equal([MinuteKind.NotCounted, MinuteKind.Failed, MinuteKind.Up], verdicts.Select(verdict => verdict.Kind));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(59, 0)]
    [InlineData(60, 1)]
    [InlineData(-1, -1)]
    [InlineData(-60, -1)]
    public void Minutes_are_numbered_from_1970(long seconds, long expected) => Assert.Equal(expected, MinuteRule.Number(Instant.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void Only_the_first_instant_of_a_minute_is_whole()
    {
        Assert.True(MinuteRule.IsWhole(Start));
        Assert.False(MinuteRule.IsWhole(Start + Duration.FromSeconds(1)));
        Assert.False(MinuteRule.IsWhole(Start - Duration.Epsilon));
    }

    [Fact]
    public void A_question_that_ends_before_it_begins_is_a_bug() => Assert.ThrowsAny<Exception>(() => Judge(-1));

    [Fact]
    public void Each_day_has_its_minutes_and_days_of_23_and_25_hours_have_theirs()
    {
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        foreach (var (month, longest) in (ReadOnlySpan<(int, int)>)[(3, 1380), (10, 1500)])
        {
            var span = CivilMonth.In(new(2026, month), paris);
            var verdicts = MinuteRule.Judge(new() { Start = span.Start, End = span.End, Vaults = [], Runs = [], Suspensions = [], Corrections = [] });

            var days = MinuteCountRule.PerDay(span.Start, verdicts, paris);

            Assert.Equal(31, days.Length);
            Assert.Equal(verdicts.Length, days.Sum(day => day.Counts.NotCounted));
            Assert.Equal(longest, Assert.Single(days, day => day.Counts.NotCounted != 1440).Counts.NotCounted);
        }
    }

    [Fact]
    public void Every_minute_is_counted_in_one_place()
    {
        var question = Question(
            7, [Old], [Run(0, 1), Run(1, 4, good: false)], [new(Start + Duration.FromMinutes(6), null)],
            [Correct(1, 2, OutageCause.Customer), Correct(2, 3, OutageCause.Internet), Correct(3, 4, OutageCause.ForceMajeure)]);

        var counts = MinuteCountRule.Count(MinuteRule.Judge(question));

        Assert.Equal(new(Up: 1, Ours: 2, Customer: 1, Internet: 1, ForceMajeure: 1, NotCounted: 1, Unprobed: 2), counts);
        Assert.Equal((3, 6), (counts.Excused, counts.Counted));
    }

    [Fact]
    public void Outages_are_as_long_as_kind_and_cause_stay_the_same_and_say_which_vaults_and_why()
    {
        var question = Question(
            9, [Old, Old with { Name = "second" }, new("young", Start + Duration.FromMinutes(30))],
            [Run(0, 9), Run(0, 2, vault: "second"), Run(2, 4, good: false, vault: "second"), Run(4, 6, vault: "second"), Run(2, 3, good: false, vault: "gone"), Run(7, 8, vault: "second")],
            [], [Correct(3, 4, OutageCause.Customer)]);

        var outages = MinuteOutageRule.Of(question, MinuteRule.Judge(question));

        Assert.Equal(
            ["2-3 Failed Ours second connect", "3-4 Failed Customer second connect", "6-7 Unprobed Ours second ", "8-9 Unprobed Ours second "],
            outages.Select(o => $"{Minute(o.Start)}-{Minute(o.End)} {o.Kind} {o.Cause} {string.Join(',', o.Vaults)} {string.Join(',', o.Outcomes)}"));
        Assert.Equal(
            [(2, 3), (6, 7), (8, 9)],
            MinuteOutageRule.Attributable(outages).Select(span => (Minute(span.Start), Minute(span.End))));
    }

    [Fact]
    public void Neighbouring_outages_of_ours_are_one_for_the_credit()
    {
        var question = Question(4, [Old], [Run(0, 1), Run(1, 2, good: false)], [], []);

        var outages = MinuteOutageRule.Of(question, MinuteRule.Judge(question));

        Assert.Equal([MinuteKind.Failed, MinuteKind.Unprobed], outages.Select(outage => outage.Kind));
        Assert.Equal((1, 4), Assert.Single(MinuteOutageRule.Attributable(outages).Select(span => (Minute(span.Start), Minute(span.End)))));
    }

    [Fact]
    public void A_vault_that_was_owed_for_a_part_only_is_not_named_for_the_other()
    {
        var question = Question(6, [Old, new("young", Start + Duration.FromMinutes(3))], [Run(5, 6), Run(5, 6, vault: "young")], [], []);

        var outage = Assert.Single(MinuteOutageRule.Of(question, MinuteRule.Judge(question)));

        Assert.Equal((0, 5), (Minute(outage.Start), Minute(outage.End)));
        Assert.Equal(["main", "young"], outage.Vaults);
    }

    private static int Minute(Instant instant) => (int)(instant - Start).TotalMinutes;

    private static MinuteRun Run(int from, int until, bool good = true, string vault = "main") => new()
    {
        Vault = vault,
        First = Start + Duration.FromMinutes(from),
        Until = Start + Duration.FromMinutes(until),
        Good = good,
        Outcome = good ? "good" : "connect",
    };

    private static MinuteCorrection Correct(int from, int until, OutageCause cause, bool declared = false) =>
        new() { From = Start + Duration.FromMinutes(from), Until = Start + Duration.FromMinutes(until), Cause = cause, Declared = declared };

    private static MinuteQuestion Question(
        int minutes, ImmutableArray<MinuteVault> vaults, ImmutableArray<MinuteRun> runs, ImmutableArray<Interval> suspensions, ImmutableArray<MinuteCorrection> corrections) =>
        new() { Start = Start, End = Start + Duration.FromMinutes(minutes), Vaults = vaults, Runs = runs, Suspensions = suspensions, Corrections = corrections };

    /// <summary>One letter a minute: Up, Failed, X for unprobed, - for not counted.</summary>
    private static string Judge(
        int minutes, ImmutableArray<MinuteVault>? vaults = null, ImmutableArray<MinuteRun>? runs = null, ImmutableArray<Interval>? suspensions = null) =>
        string.Concat(MinuteRule.Judge(Question(minutes, vaults ?? [Old], runs ?? [], suspensions ?? [], [])).Select(verdict => "-UFX"[(int)verdict.Kind]));
}
