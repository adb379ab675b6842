using System.Globalization;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>What a backup costs its guest; scripts/bench.sh frozen runs it and keeps the figures.</summary>
public sealed class FrozenBench
{
    private const int Cycles = 20;
    private const int Pairs = 10;
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(5);

    [Fact(Explicit = true)]
    public async Task Frozen_window_and_writes_with_a_dead_target()
    {
        await using var guest = await Guest.StartAsync(new GuestOptions { WriterPause = 0 });
        await using var lab = await QemuLab.OnAsync(guest);
        var frozen = (await FrozenWindow.MeasureAsync(lab, Cycles)).Order().ToList();
        var (without, with) = await FrozenWindow.WritesAsync(lab, Pairs, s_span);

        var lines = string.Create(CultureInfo.InvariantCulture, $"| frozen, median of {Cycles} cycles | {frozen[Cycles / 2].TotalMilliseconds:0} ms |\n| frozen, longest | {frozen[^1].TotalMilliseconds:0} ms |\n| writes/s without a point | {without:0} |\n| writes/s with a point and a dead target | {with:0} |\n| ratio | {with / without:0.000} |\n");
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, lines);
        TestContext.Current.SendDiagnosticMessage(lines);
    }
}
