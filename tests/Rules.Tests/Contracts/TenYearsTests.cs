namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>
/// Ten simulated years of 200 contracts in Europe/Paris, each with a VM, with what rules.md demands checked on each day. Seeded: a failure names its contract and day.
/// </summary>
/// <remarks>
/// Checked daily, always against an account of the test's own (<see cref="OwnTerm"/>, <see cref="SimulatedContract"/>, <see cref="SimulatedMachine"/>):
/// <list type="bullet">
/// <item>Anchor: the civil date of the first payment; it never moves.</item>
/// <item>Boundary k: anchor + 3k months, the day clamped to the month's last one (29 February included), from the anchor and never chained; a local midnight.</item>
/// <item>Periods are half-open and tile: the first starts at the payment's instant, the next at the credited end of the one before; now lies in the present one.</item>
/// <item>Ends: boundary + credits, up to the next local midnight, to the fixpoint; the last end takes in the months that its period touches. While a contract goes on, no end ever comes earlier.</item>
/// <item>Availability: union of outages, whole seconds, within the contract's part of the month; the trigger is strict; five-fold; below 90 % is strict; a month is sealed once, by the numbers
/// of its period; corrections only in the customer's favour; sealing or correcting again credits nothing.</item>
/// <item>A policy changes from the next period on, and leaves what is sealed alone.</item>
/// <item>Notices: valid from 3 to 1 calendar months before the end, clamped, both days included; due within these days; told once for a day; free termination if and only if protected and untold.</item>
/// <item>Money: what is due is the price of every period begun, less what was left; a payment counts once by its reference; another amount under it is refused; payments for a contract that is
/// over are turned away; a refund is owed within 30 days and never above a period's price.</item>
/// <item>The end: states only go forward, unless a credit moves an end or a notice is withdrawn; transition at most 30 days, retrieval at least 30, both to the midnight; erasure not before;
/// abuse takes two persons and gets neither; a suspension stops no term.</item>
/// <item>Nothing is told twice: no renewal, stage, notice, month or payment.</item>
/// <item>A clock that was set back tells no renewal, no stage, no notice of a renewal that has happened, and nothing again (checked monthly).</item>
/// <item>Retention: exactly the points of the sliding window, of 720 elapsed hours, held, locked, last good or resumable, at midnight and after the backup; frozen while nothing good arrives;
/// covered and missing days. Backups at 02:30, 03:00, 00:15 and 23:30: once a civil day, in the first of two equal hours, after a gap at its first instant.</item>
/// </list>
/// </remarks>
public sealed class TenYearsTests
{
    private const int All = 200;
    private const int Years = 10;

    // Where the tests themselves are judged (scripts/mutate.sh) a few must do: each planted fault costs a run.
    private static readonly int Contracts = int.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_CONTRACTS") ?? $"{All}", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Two_hundred_contracts_keep_every_rule_on_every_day_of_ten_years()
    {
        var tallies = new SimulatedTally[Contracts];
        Parallel.For(0, Contracts, new() { MaxDegreeOfParallelism = 2 }, number => tallies[number] = new SimulatedContract(number).Live(Years));

        // The simulation is worth something only if all of it happened.
        if (Contracts < All) return;
        Assert.InRange(tallies.Sum(t => t.Days), Contracts * Years * 365, Contracts * ((Years * 365) + 3));
        AtLeast(3_000, t => t.Renewals);
        AtLeast(200, t => t.Clamped);
        AtLeast(5, t => t.LeapEnds);
        AtLeast(1_000, t => t.Credits);
        AtLeast(50, t => t.Corrections);
        AtLeast(50, t => t.PolicyChanges);
        AtLeast(100, t => t.PriceChanges);
        AtLeast(100, t => t.Erasures);
        AtLeast(5, t => t.FreeTerminations);
        AtLeast(5, t => t.Abuses);
        AtLeast(100, t => t.TurnedAway);
        Assert.Equal(tallies.Sum(t => t.Days) * 2, tallies.Sum(t => t.Plans));
        AtLeast(5_000, t => t.FrozenDays);
        AtLeast(100, t => t.ElapsedOnly);

        void AtLeast(int least, Func<SimulatedTally, int> count, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(count))] string? what = null) =>
            Assert.True(tallies.Sum(count) >= least, $"{what}: {tallies.Sum(count)}");
    }
}
