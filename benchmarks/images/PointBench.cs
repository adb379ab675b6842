using System.Diagnostics;
using System.Globalization;
using BackupOnline.Engine.Images;

namespace BackupOnline.Images;

/// <summary>One disk: its first point, a day, the incremental point, the disk read whole again; and stock restic with the same image before and after the day.</summary>
internal sealed class PointBench(IDiskMaker maker, string folder, long size, long changed)
{
    private readonly string _path = Path.Combine(folder, "disk.raw");
    private readonly string _theirs = Path.Combine(folder, "theirs");

    public async Task RunAsync()
    {
        using var disk = maker.Make(_path, size);
        Restic("init", "-q");
        var firstByRestic = Restic("backup", "-q", _path);
        var ours = new ImageBench(Path.Combine(folder, "ours"), ImageBlocks.DefaultSize);
        var first = await MeasureAsync(ours, disk, disk.Full());
        maker.ChangeForADay(disk, changed);
        var day = await MeasureAsync(ours, disk, disk.Incremental());
        if (!await ours.IsExactAsync(_path))
            throw new InvalidOperationException("the snapshot is not the disk");
        var again = await MeasureAsync(ours, disk, disk.Full());
        var secondByRestic = Restic("backup", "-q", _path);

        Console.WriteLine("| point | wall | CPU | MiB read | MiB sent |\n|---|---|---|---|---|");
        Console.WriteLine($"| the first one, read whole | {first} |");
        Console.WriteLine($"| one day later, incremental | {day} |");
        Console.WriteLine($"| the same again, read whole: nothing is new | {again} |");
        Say($"| stock restic, first and second backup of the image | {firstByRestic.TotalSeconds:0.00} s, {secondByRestic.TotalSeconds:0.00} s | | {Measured.MiB(size):0} | |");
        Say($"\n{Measured.MiB(disk.BytesWritten):0.0} MiB were written, {Measured.MiB(disk.DirtyBytes):0.0} MiB are dirty in granules of {DiskFile.Granule >> 10} KiB. The incremental point equals the disk byte for byte. It reads 1/{(double)first.Read / day.Read:0.0} of the bytes of the first point.");
        Say($"It takes 1/{first.Wall / day.Wall:0.0} of the time of the first point, 1/{again.Wall / day.Wall:0.0} of the time of reading the disk whole when nothing is new, and 1/{secondByRestic / day.Wall:0.0} of restic's second backup.\n");
        Directory.Delete(_theirs, recursive: true);
    }

    private static async Task<Measured> MeasureAsync(ImageBench bench, DiskFile disk, IImageSource source)
    {
        ColdCaches.Make();
        return await bench.BackUpAsync(disk, source);
    }

    private TimeSpan Restic(params string[] arguments)
    {
        ColdCaches.Make();
        var started = Stopwatch.GetTimestamp();
        Tool.Run("restic", ["-r", _theirs, .. arguments]);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
