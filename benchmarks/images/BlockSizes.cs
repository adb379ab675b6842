using System.Globalization;

namespace BackupOnline.Images;

/// <summary>The same disk and day with blocks of each size.</summary>
internal sealed class BlockSizes(string folder, long size, long changed)
{
    public async Task RunAsync()
    {
        var path = Path.Combine(folder, "disk.raw");
        Console.WriteLine("| block | full: wall | CPU | MiB read | MiB sent | one day later: wall | CPU | MiB read | MiB sent |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var block in new[] { 512 << 10, 1 << 20, 2 << 20, 4 << 20 })
        {
            var maker = new ScatteredDisk(1);
            using var disk = maker.Make(path, size);
            var repository = Path.Combine(folder, $"blocks-{block}");
            var bench = new ImageBench(repository, block);
            var full = await bench.BackUpAsync(disk, disk.Full());
            maker.ChangeForADay(disk, changed);
            var day = await bench.BackUpAsync(disk, disk.Incremental());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {block >> 10} KiB | {full} | {day} |"));
            if (!await bench.IsExactAsync(path))
                throw new InvalidOperationException("the snapshot is not the disk");
            Directory.Delete(repository, recursive: true);
        }
    }
}
