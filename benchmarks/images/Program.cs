using System.Globalization;
using BackupOnline.Engine.Images;
using BackupOnline.Images;

// images blocks FOLDER MIB CHANGED_MIB: the choice of the block size.   images point FOLDER MIB CHANGED_MIB: full, incremental, full again; leaves the disk before and after for others to read.
var (folder, size, changed) = (args[1], long.Parse(args[2], CultureInfo.InvariantCulture) << 20, long.Parse(args[3], CultureInfo.InvariantCulture) << 20);
var path = Path.Combine(folder, "disk.raw");
switch (args[0])
{
    case "blocks":
        Console.WriteLine("| block | full: wall | CPU | MiB read | MiB sent | one day later: wall | CPU | MiB read | MiB sent |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var block in new[] { 512 << 10, 1 << 20, 2 << 20, 4 << 20 })
        {
            var maker = new DiskMaker(1);
            using var disk = maker.Make(path, size);
            var bench = new ImageBench(Path.Combine(folder, $"blocks-{block}"), block);
            var full = await bench.BackUpAsync(disk, disk.Full());
            maker.ChangeForADay(disk, changed);
            var day = await bench.BackUpAsync(disk, disk.Incremental());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {block >> 10} KiB | {full} | {day} |"));
            if (!await bench.IsExactAsync(path))
                throw new InvalidOperationException("the snapshot is not the disk");
            Directory.Delete(Path.Combine(folder, $"blocks-{block}"), recursive: true);
        }

        break;
    case "make":
        new DiskMaker(1).Make(path, size).Dispose();
        break;
    case "point":
        {
            var maker = new DiskMaker(1);
            using var disk = maker.Make(path, size);
            var bench = new ImageBench(Path.Combine(folder, "ours"), ImageBlocks.DefaultSize);
            Console.WriteLine("| ours | wall | CPU | MiB read | MiB sent |\n|---|---|---|---|---|");
            Console.WriteLine($"| first point, full | {await bench.BackUpAsync(disk, disk.Full())} |");
            maker.ChangeForADay(disk, changed);
            var day = await bench.BackUpAsync(disk, disk.Incremental());
            Console.WriteLine($"| one day later, incremental | {day} |");
            if (!await bench.IsExactAsync(path))
                throw new InvalidOperationException("the snapshot is not the disk");
            var again = await bench.BackUpAsync(disk, disk.Full());
            Console.WriteLine($"| the same disk read whole again | {again} |");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"\n{Measured.MiB(disk.BytesWritten):0.0} MiB were written, {Measured.MiB(disk.DirtyBytes):0.0} MiB are dirty in granules of {DiskFile.Granule >> 10} KiB. The incremental point takes 1/{again.Wall / day.Wall:0.0} of the time of the full read and reads 1/{(double)again.Read / day.Read:0.0} of its bytes; it equals the disk byte for byte.\n"));
            await File.WriteAllTextAsync(Path.Combine(folder, "incremental"), day.Wall.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));
            break;
        }

    case "change":
        {
            // The same dice as for "point": the disk that "make" made becomes the one that was measured.
            var maker = new DiskMaker(1);
            using var disk = maker.Make(path, size);
            maker.ChangeForADay(disk, changed);
            break;
        }

    default:
        throw new ArgumentException("blocks, make, change or point");
}
