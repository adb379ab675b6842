using BackupOnline.Engine.Images;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Tests.Archiving;

namespace BackupOnline.Engine.Tests.Images;

/// <summary>An incremental image is built on what certainly fits, or refused before anything is read.</summary>
public sealed class ImageParentTests
{
    private const int Block = ImageVault.Block;

    [Fact]
    public async Task Without_a_parent()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = Disk();
        await RefusedAsync(vault, null, disk, ImageParentProblem.NoParent);
    }

    [Fact]
    public async Task With_a_parent_that_has_no_such_disk()
    {
        using var vault = await new EngineVault().InitAsync();
        var parent = await vault.BackUpImagesAsync(null, new MemoryDisk("disk1.raw", 4 * Block).Full());
        await RefusedAsync(vault, parent.Backup.Snapshot, Disk(), ImageParentProblem.NoFile);
    }

    [Theory]
    [InlineData(3 * Block)]
    [InlineData((4 * Block) - 512)]
    [InlineData(9 * Block)]
    public async Task With_a_disk_that_was_grown_or_shrunk(int size)
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = Disk();
        var parent = await vault.BackUpImagesAsync(null, disk.Full());
        disk.Resize(size);
        await RefusedAsync(vault, parent.Backup.Snapshot, disk, ImageParentProblem.SizeDiffers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_keeps_the_block_size_that_its_parent_has(bool isIncremental)
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", (8 * Block) + 5);
        disk.Write(0, ImageArchiverTests.Noise(new Random(3), 8 * Block));
        var parent = await vault.BackUpImagesAsync(new ImageBackupOptions { Host = "host", Folder = "/web01", Images = [disk.Full()], BlockSize = 4 * Block });
        disk.Write(3 * Block, [1, 2, 3]);

        var second = await vault.BackUpImagesAsync(parent.Backup.Snapshot, isIncremental ? disk.Incremental() : disk.Full());

        Assert.Equal((4L * Block, 4L * Block), (second.Images[0].BytesChanged, second.Images[0].BytesAdded));
        Assert.Equal(disk.Bytes, await vault.ReadImageAsync(second.Backup.Snapshot, "disk0.raw"));
    }

    [Fact]
    public async Task With_a_file_that_another_program_cut_into_as_many_pieces()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 2 * Block);
        disk.Write(0, ImageArchiverTests.Noise(new Random(1), 2 * Block));
        Directory.CreateDirectory(vault.Folder["web01"]);
        await File.WriteAllBytesAsync(vault.Folder["web01/disk0.raw"], disk.Bytes);
        await Shell.RunAsync("cd '" + vault.Folder.Path + "' && restic --no-cache backup web01", ("RESTIC_REPOSITORY", vault.Repository), ("RESTIC_PASSWORD", StockRestic.Password));
        await RefusedAsync(vault, await vault.LatestAsync(), disk, ImageParentProblem.BlocksDiffer);
    }

    [Theory]
    [InlineData(Block)]
    [InlineData(2 * Block)]
    public async Task With_blocks_whose_packs_are_gone_and_the_disk_read_whole_heals_the_repository(int blockSize)
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = Disk();
        var parent = await vault.BackUpImagesAsync(new ImageBackupOptions { Host = "host", Folder = "/web01", Images = [disk.Full()], BlockSize = blockSize });
        foreach (var pack in new DirectoryInfo(Path.Combine(vault.Repository, "data")).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length >= Block).ToList())
            pack.Delete();

        await RefusedAsync(vault, parent.Backup.Snapshot, disk, ImageParentProblem.BlocksLost);

        await vault.BackUpImagesAsync(parent.Backup.Snapshot, disk.Full());
        Assert.Equal(disk.Bytes, await vault.ReadImageAsync(parent.Backup.Snapshot, "disk0.raw"));
    }

    private static MemoryDisk Disk()
    {
        var disk = new MemoryDisk("disk0.raw", 4 * Block);
        disk.Write(0, ImageArchiverTests.Noise(new Random(2), 4 * Block));
        return disk;
    }

    private static async Task RefusedAsync(EngineVault vault, Snapshot? parent, MemoryDisk disk, ImageParentProblem problem)
    {
        var (snapshots, read) = ((await vault.UseAsync(repository => repository.SnapshotsAsync())).Count, disk.Read);

        var refusal = await Assert.ThrowsAsync<ImageParentException>(() => vault.BackUpImagesAsync(parent, disk.Incremental()));

        Assert.Equal((problem, "disk0.raw"), (refusal.Problem, refusal.Image));
        Assert.Contains("read this disk whole", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(read, disk.Read);
        Assert.Equal(snapshots, (await vault.UseAsync(repository => repository.SnapshotsAsync())).Count);
    }
}
