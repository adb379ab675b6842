using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Tests.Archiving;

namespace BackupOnline.Engine.Tests.Images;

/// <summary>What is read, sent and kept when disks are backed up.</summary>
public sealed class ImageArchiverTests
{
    private const int Block = ImageVault.Block;

    [Fact]
    public async Task A_full_point_and_twelve_incremental_ones_are_the_disk_of_their_instant_to_stock_restic_too()
    {
        using var vault = await new EngineVault().InitAsync();
        var random = new Random(1);

        // Neither a multiple of the block nor of a sector, so that the last block is short.
        var disk = new MemoryDisk("disk0.raw", (12 * Block) + 12_345);
        disk.Write(3 * Block, Noise(random, 4 * Block));
        var points = new List<(Snapshot Snapshot, byte[] Bytes)>();
        Snapshot? parent = null;
        for (var point = 0; point < 13; point++)
        {
            var source = point == 0 ? disk.Full() : disk.Incremental();
            var result = await vault.BackUpImagesAsync(parent, source);
            Assert.Equal(parent?.Id, result.Backup.Snapshot.Parent);
            points.Add((parent = result.Backup.Snapshot, [.. disk.Bytes]));
            Scatter(disk, random);
        }

        foreach (var (snapshot, bytes) in points)
            Assert.Equal(bytes, await vault.ReadImageAsync(snapshot, "disk0.raw"));
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        foreach (var (snapshot, bytes) in points.Where((_, number) => number % 4 == 0))
        {
            await Shell.RunAsync($"restic --no-cache -q dump {snapshot.Id} /web01/disk0.raw >'{vault.Folder["dumped"]}'", ("RESTIC_REPOSITORY", vault.Repository), ("RESTIC_PASSWORD", StockRestic.Password));
            Assert.Equal(bytes, await File.ReadAllBytesAsync(vault.Folder["dumped"]));
        }

        await StockRestic.RunAsync(vault.Repository, "restore", points[^1].Snapshot.Id.ToString(), "--target", vault.Folder["restored"]);
        Assert.Equal(points[^1].Bytes, await File.ReadAllBytesAsync(vault.Folder["restored/web01/disk0.raw"]));
        Assert.Equal("{}", await File.ReadAllTextAsync(vault.Folder["restored/web01/point.json"]));
    }

    [Fact]
    public async Task Only_the_blocks_that_were_touched_are_read_and_sent()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 16 * Block);
        disk.Write(0, Noise(new Random(3), 16 * Block));
        var full = await vault.BackUpImagesAsync(null, disk.Full());
        Assert.Equal(new ImageResult("disk0.raw", 16L * Block, 16L * Block, 16L * Block, 16L * Block), full.Images[0]);
        var before = disk.Read;

        disk.Write((2 * Block) + 100, [1, 2, 3]);
        disk.Write((5 * Block) - 2, [1, 2, 3, 4]);
        disk.Write(9 * Block, disk.Bytes.AsSpan(9 * Block, 10).ToArray());
        var result = await vault.BackUpImagesAsync(full.Backup.Snapshot, disk.Incremental());

        // Four blocks were touched: one of them was written with what it held already.
        Assert.Equal(4L * Block, disk.Read - before);
        Assert.Equal(new ImageResult("disk0.raw", 16L * Block, 4L * Block, 3L * Block, 3L * Block), result.Images[0]);
        Assert.Equal(3, result.Backup.Summary.DataBlobs);
        Assert.Equal(16UL * Block + 2, result.Backup.Summary.TotalBytesProcessed);
        Assert.Equal(disk.Bytes, await vault.ReadImageAsync(result.Backup.Snapshot, "disk0.raw"));
    }

    [Fact]
    public async Task What_is_known_to_be_zero_is_neither_read_nor_sent()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 40 * Block);
        disk.Write((7 * Block) + 8192, Noise(new Random(4), 4096));

        var full = await vault.BackUpImagesAsync(null, disk.Full());

        Assert.Equal(4096, disk.Read);
        Assert.Equal(Block, full.Images[0].BytesAdded);
        disk.Write(20 * Block, Noise(new Random(5), 2 * Block));
        var second = await vault.BackUpImagesAsync(full.Backup.Snapshot, disk.Incremental());
        var before = disk.Read;

        // A discard of a whole block and a half: the half block is read, for its other half.
        disk.Discard(20 * Block, Block + (Block / 2));
        var third = await vault.BackUpImagesAsync(second.Backup.Snapshot, disk.Incremental());

        Assert.Equal(Block / 2, disk.Read - before);
        Assert.Equal(disk.Bytes, await vault.ReadImageAsync(third.Backup.Snapshot, "disk0.raw"));
    }

    [Fact]
    public async Task A_full_read_after_the_tracking_was_lost_sends_only_what_differs()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 10 * Block);
        disk.Write(0, Noise(new Random(6), 8 * Block));
        var first = await vault.BackUpImagesAsync(null, disk.Full());
        disk.Write(Block, [9]);
        disk.Discard(4 * Block, Block);

        var again = await vault.BackUpImagesAsync(first.Backup.Snapshot, disk.Full());

        Assert.Equal((7L * Block, 2L * Block, 1L * Block), (again.Images[0].BytesRead, again.Images[0].BytesChanged, again.Images[0].BytesAdded));
        Assert.Equal(disk.Bytes, await vault.ReadImageAsync(again.Backup.Snapshot, "disk0.raw"));
    }

    [Fact]
    public async Task Several_disks_and_files_stand_in_one_snapshot_and_one_of_them_may_be_full()
    {
        using var vault = await new EngineVault().InitAsync();
        var (one, two) = (new MemoryDisk("disk0.raw", 3 * Block), new MemoryDisk("disk1.raw", 100));
        one.Write(0, Noise(new Random(7), Block));
        two.Write(0, Noise(new Random(8), 100));
        var first = await vault.BackUpImagesAsync(null, one.Full(), two.Full(), new MemoryDisk("empty.raw", 0).Full());
        one.Write(Block, [1]);
        two.Resize(5000);

        var second = await vault.BackUpImagesAsync(first.Backup.Snapshot, one.Incremental(), two.Full());

        Assert.Equal(one.Bytes, await vault.ReadImageAsync(second.Backup.Snapshot, "disk0.raw"));
        Assert.Equal(two.Bytes, await vault.ReadImageAsync(second.Backup.Snapshot, "disk1.raw"));
        Assert.Empty(await vault.ReadImageAsync(first.Backup.Snapshot, "empty.raw"));
        Assert.Equal(["/web01"], second.Backup.Snapshot.Paths);
        // The description too: it has the time of its point.
        Assert.Equal(3UL, second.Backup.Summary.FilesChanged);
    }

    [Fact]
    public async Task A_source_that_fails_makes_no_snapshot_and_its_failure_is_told()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 20 * Block);
        disk.Write(0, Noise(new Random(9), 20 * Block));

        var failure = await Assert.ThrowsAsync<IOException>(() => vault.BackUpImagesAsync(null, disk.FailingAt(10 * Block, new IOException("the export is gone"))));

        Assert.Equal("the export is gone", failure.Message);
        Assert.Empty(await vault.UseAsync(repository => repository.SnapshotsAsync()));
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
    }

    [Theory]
    [InlineData(100, 50, 120, 10)]
    [InlineData(200, 10, 100, 10)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(-1, 10, 20, 10)]
    [InlineData(0, 10, ImageVault.Block - 5, 6)]
    [InlineData(0, 10, 20, long.MaxValue)]
    public async Task Extents_that_overlap_go_back_or_lie_outside_end_the_run_without_a_snapshot(long firstOffset, long firstLength, long offset, long length)
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", Block);

        var failure = await Assert.ThrowsAsync<ImageSourceException>(() =>
            vault.BackUpImagesAsync(null, disk.Saying(false, new ImageExtent(firstOffset, firstLength, false), new ImageExtent(offset, length, false))));

        Assert.Equal("disk0.raw", failure.Image);
        Assert.Empty(await vault.UseAsync(repository => repository.SnapshotsAsync()));
    }

    [Fact]
    public async Task Progress_counts_what_was_passed_over_too()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 5 * Block);
        disk.Write(0, [1]);
        var progress = new BackupProgress();

        await vault.UseAsync(repository => ImageArchiver.BackUpAsync(repository, ImageVault.Options(null, disk.Full()), progress));

        var state = progress.Read();
        Assert.Equal((5L * Block + 2, 5L * Block + 2, 2L), (state.BytesTotal, state.BytesDone, state.FilesDone));
        Assert.Empty(state.CurrentFiles);
    }

    [Theory]
    [InlineData("web01", 1 << 20, "disk0.raw")]
    [InlineData("/", 1 << 20, "disk0.raw")]
    [InlineData("/web01/../x", 1 << 20, "disk0.raw")]
    [InlineData("/web01", 1 << 18, "disk0.raw")]
    [InlineData("/web01", 8 << 20, "disk0.raw")]
    [InlineData("/web01", 3 << 19, "disk0.raw")]
    [InlineData("/web01", 1 << 20, "a/b")]
    [InlineData("/web01", 1 << 20, "point.json")]
    public async Task Options_that_cannot_be_are_refused_with_their_bound(string folder, int blockSize, string name)
    {
        using var vault = await new EngineVault().InitAsync();
        var options = new ImageBackupOptions
        {
            Host = "host",
            Folder = folder,
            BlockSize = blockSize,
            Images = [new MemoryDisk(name, 1).Full()],
            Files = new Dictionary<string, ReadOnlyMemory<byte>> { ["point.json"] = default },
        };

        await Assert.ThrowsAsync<ArgumentException>(() => vault.BackUpImagesAsync(options));
    }

    internal static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Scatter(MemoryDisk disk, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var length = random.Next(1, random.Next(2) == 0 ? 5000 : 2 * Block);
            var offset = random.Next(disk.Bytes.Length - length);
            if (random.Next(4) == 0)
                disk.Discard(offset, length);
            else
                disk.Write(offset, Noise(random, length));
        }
    }
}
