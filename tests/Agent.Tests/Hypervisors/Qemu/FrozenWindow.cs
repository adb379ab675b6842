using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Measures what a guest feels of its backups.</summary>
internal static class FrozenWindow
{
    /// <summary>How long the guest was frozen, cycle by cycle: incremental points, read and committed.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> MeasureAsync(QemuLab lab, int cycles)
    {
        var copies = new DiskCopies();
        Epoch? last = null;
        var frozen = new List<TimeSpan>();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await using var point = await lab.OpenAsync(lab.Request(copies, last, Consistency.Application));
            Assert.Equal(Consistency.Application, point.Achieved);
            frozen.Add(point.FrozenFor);
            await copies.TakeAsync(point);
            await point.CommitAsync(CancellationToken.None);
            last = point.Epoch;
        }

        return frozen;
    }

    /// <summary>
    /// Numbers that the guest wrote in a span of time, alternately without a point and with one that nobody reads, as when the target is dead; each as often.
    /// The first overwrite of a cluster after the change-over saves old contents, which is part of the price: the spans begin with it.
    /// </summary>
    public static async Task<(double Without, double With)> WritesAsync(QemuLab lab, int pairs, TimeSpan span)
    {
        var (without, with) = (0L, 0L);
        for (var pair = 0; pair < pairs; pair++)
        {
            without += await WrittenAsync(lab.Guest, span);
            await using var point = await lab.OpenAsync(new DiskCopies(), null);
            with += await WrittenAsync(lab.Guest, span);
        }

        return (without / (pairs * span.TotalSeconds), with / (pairs * span.TotalSeconds));
    }

    private static async Task<long> WrittenAsync(Guest guest, TimeSpan span)
    {
        var start = await guest.NumberAsync();
        var clock = TimeProvider.System.GetTimestamp();
        await Task.Delay(span, TimeProvider.System);
        var end = await guest.NumberAsync();
        return (long)((end - start) * (span / TimeProvider.System.GetElapsedTime(clock)));
    }
}
