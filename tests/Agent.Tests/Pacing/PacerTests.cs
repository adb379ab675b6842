using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Pacing;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Agent.Tests.Pacing;

public sealed class PacerTests
{
    private static readonly DateTimeOffset Door = new(2026, 11, 27, 2, 0, 0, TimeSpan.Zero);

    // This machine's clock is a day behind the door's.
    private readonly FakeTimeProvider _time = new(Door - TimeSpan.FromDays(1));
    private readonly Pacer _pacer;

    public PacerTests() => _pacer = new Pacer(_time);

    [Fact]
    public async Task Without_a_plan_everything_goes_at_once()
    {
        await _pacer.WaitAsync(1 << 30, CancellationToken.None);
        await _pacer.WaitAsync(1 << 30, CancellationToken.None);
        Assert.Null(_pacer.Present);
    }

    [Fact]
    public async Task A_piece_waits_until_the_ones_before_it_have_had_their_time()
    {
        _pacer.Follow(Plan(("quiet", 0, 300, 8_000_000)));
        Assert.True(_pacer.WaitAsync(1_000_000, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        var second = _pacer.WaitAsync(1_000_000, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(990));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(11));
        await second.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Spans_are_those_of_the_doors_clock_and_the_last_one_stays()
    {
        _pacer.Follow(Plan(("burst", 0, 300, 100_000_000), ("quiet", 300, 600, 4_900_000)));
        Assert.Equal("burst", _pacer.Present!.Kind);
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("quiet", _pacer.Present!.Kind);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(4_900_000, _pacer.Present!.BitsPerSecond);
    }

    [Fact]
    public async Task A_faster_plan_frees_what_waited_at_the_slower_rate()
    {
        _pacer.Follow(Plan(("quiet", 0, 300, 1_000_000)));
        _ = _pacer.WaitAsync(100_000_000, CancellationToken.None).AsTask();
        _pacer.Follow(Plan(("burst", 0, 300, 100_000_000)));
        var next = _pacer.WaitAsync(1_000, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(60));
        await next.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_plan_that_makes_no_sense_holds_nothing_back()
    {
        _pacer.Follow(Plan(("quiet", 0, 300, 0)));
        Assert.True(_pacer.WaitAsync(1 << 30, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        _pacer.Follow(new SendingPlan(Door, null, null));
        Assert.True(_pacer.WaitAsync(1 << 30, CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void The_screen_says_how_quietly_it_goes_and_until_when()
    {
        var speech = new Speech(Language.English);
        Assert.Null(PlanFollowing.Note(_pacer, speech));
        _pacer.Follow(Plan(("quiet", 0, 300, 4_900_000)));
        Assert.StartsWith("sending quietly, at 4.9 Mbit/s, until ", PlanFollowing.Note(_pacer, speech), StringComparison.Ordinal);
        Assert.Contains("calme", PlanFollowing.Note(_pacer, new Speech(Language.French)), StringComparison.Ordinal);
        _pacer.Follow(Plan(("raised", 0, 300, 6_000_000)));
        Assert.StartsWith("sending evenly", PlanFollowing.Note(_pacer, speech), StringComparison.Ordinal);
        _pacer.Follow(Plan(("burst", 0, 300, 100_000_000)));
        Assert.Null(PlanFollowing.Note(_pacer, speech));
    }

    private static SendingPlan Plan(params (string Kind, int From, int To, long Rate)[] spans) =>
        new(Door, "credits-kept", [.. spans.Select(span => new SendingSpan(Door.AddSeconds(span.From), Door.AddSeconds(span.To), span.Kind, span.Rate))]);
}
