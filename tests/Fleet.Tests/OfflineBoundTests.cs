using NodaTime;

namespace BackupOnline.Fleet.Tests;

public sealed class OfflineBoundTests
{
    private const long Quiet = 187_500_000;
    private const long Burst = 3_750_000_000;

    private static readonly MonthWindow Month = new(new YearMonth(2026, 4), 0, 8_640);

    [Theory]
    [InlineData(288 * Quiet, 0)]
    [InlineData((288 * Quiet) + 1, 1)]
    [InlineData((287 * Quiet) + Burst + 1, 2)]
    public void A_window_alone_takes_what_quiet_slots_leave_over(long bytes, int expected) => Assert.Equal(expected, OfflineBound.BurstSlots([(0, 288, bytes)], Month));

    [Fact]
    public void More_than_the_line_carries_is_never_avoidable() => Assert.Equal(int.MaxValue, OfflineBound.BurstSlots([(0, 2, (2 * Burst) + 1)], Month));

    [Fact]
    public void A_burst_serves_both_windows_that_hold_it()
    {
        // Each is half a burst over; together they are one over, and one slot lies in both.
        var half = (Burst - Quiet) / 2;
        Assert.Equal(1, OfflineBound.BurstSlots([(0, 12, (12 * Quiet) + half - (6 * Quiet)), (6, 18, (6 * Quiet) + half)], Month));
    }

    [Fact]
    public void The_fewest_bursts_are_as_few_as_trying_all_sets_finds()
    {
        var dice = new Random(11);
        var month = new MonthWindow(new YearMonth(2026, 4), 0, 8);
        for (var round = 0; round < 300; round++)
        {
            var windows = Enumerable.Range(0, 3).Select(_ => dice.Next(0, 7)).Select(from => (From: (long)from, To: (long)dice.Next(from + 1, 9), Bytes: dice.NextInt64(0, 8 * Burst))).ToList();
            var fewest = Enumerable.Range(0, 256).Where(set => Fits(windows, set)).Select(set => int.PopCount(set)).DefaultIfEmpty(int.MaxValue).Min();
            Assert.Equal(fewest, OfflineBound.BurstSlots(windows, month));
        }
    }

    // Earliest deadline first carries everything in time whenever anything does.
    private static bool Fits(List<(long From, long To, long Bytes)> windows, int bursts)
    {
        var left = windows.Select(window => window.Bytes).ToArray();
        for (var slot = 0; slot < 8; slot++)
        {
            var room = (bursts >> slot & 1) == 1 ? Burst : Quiet;
            foreach (var number in Enumerable.Range(0, left.Length).Where(n => windows[n].From <= slot && slot < windows[n].To).OrderBy(n => windows[n].To))
            {
                var sent = Math.Min(room, left[number]);
                left[number] -= sent;
                room -= sent;
            }
        }

        return left.All(bytes => bytes == 0);
    }
}
