using System.Globalization;
using BackupOnline.Engine.Images;
using BackupOnline.Images;

// images blocks|scattered|files FOLDER MIB CHANGED_MIB: the choice of the block size; points of a disk whose changes are scattered; points of a real file system.
// images first REPOSITORY DISK: the first point of a disk. images known REPOSITORY DISK EVERY: the next one, when the first of each EVERY MiB were written.
if (args[0] is "first" or "known")
{
    using var disk = new DiskFile(args[2], new FileInfo(args[2]).Length, [new ImageExtent(0, new FileInfo(args[2]).Length, IsZero: false)]);
    if (args[0] == "known")
        disk.Wrote(0, KnownChanges.FirstMiBOfEach(int.Parse(args[3], CultureInfo.InvariantCulture), args[2]));
    _ = await new ImageBench(args[1], ImageBlocks.DefaultSize, isVerified: false).BackUpAsync(disk, args[0] == "known" ? disk.Incremental() : disk.Full());
    return;
}

var (folder, size, changed) = (args[1], long.Parse(args[2], CultureInfo.InvariantCulture) << 20, long.Parse(args[3], CultureInfo.InvariantCulture) << 20);
await (args[0] switch
{
    "blocks" => new BlockSizes(folder, size, changed).RunAsync(),
    "scattered" => new PointBench(new ScatteredDisk(1), folder, size, changed).RunAsync(),
    "files" => new PointBench(new FileSystemDisk(1), folder, size, changed).RunAsync(),
    _ => throw new ArgumentException("blocks, scattered or files"),
});
