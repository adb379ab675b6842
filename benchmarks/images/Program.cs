using System.Globalization;
using BackupOnline.Images;

// images blocks|scattered|files FOLDER MIB CHANGED_MIB: the choice of the block size; points of a disk whose changes are scattered; points of a real file system.
var (folder, size, changed) = (args[1], long.Parse(args[2], CultureInfo.InvariantCulture) << 20, long.Parse(args[3], CultureInfo.InvariantCulture) << 20);
await (args[0] switch
{
    "blocks" => new BlockSizes(folder, size, changed).RunAsync(),
    "scattered" => new PointBench(new ScatteredDisk(1), folder, size, changed).RunAsync(),
    "files" => new PointBench(new FileSystemDisk(1), folder, size, changed).RunAsync(),
    _ => throw new ArgumentException("blocks, scattered or files"),
});
