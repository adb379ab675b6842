using BackupOnline.Engine.Files;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Images;

/// <summary>Random access to a disk in a snapshot, and its restore as a stream.</summary>
public sealed class ImageReaderTests
{
    private const int Block = ImageVault.Block;

    [Fact]
    public async Task Any_bytes_of_any_file_can_be_read_in_any_order_by_several_readers()
    {
        using var vault = await new EngineVault().InitAsync();
        var bytes = ImageArchiverTests.Noise(new Random(1), 9_000_000);
        bytes.AsSpan(3_000_000, 2_500_000).Clear();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "file"), bytes);
        var snapshot = (await vault.BackUpAsync()).Snapshot;

        await vault.UseAsync(async repository =>
        {
            // A cache of a few blocks, so that some are dropped.
            var file = await TreePath.FindAsync(repository, snapshot.Tree, RawPath.FromText(vault.Source + "/file"));
            await using var reader = new ImageReader(repository, file!, cacheBytes: 3_000_000);
            Assert.Equal(bytes.Length, reader.Size);
            await Parallel.ForAsync(0, 8, async (seed, token) =>
            {
                var random = new Random(seed);
                for (var i = 0; i < 50; i++)
                {
                    var length = random.Next(random.Next(2) == 0 ? 5000 : 3_000_000);
                    var offset = random.Next(bytes.Length - length + 1);
                    var read = new byte[length];
                    await reader.ReadAsync(offset, read, token);
                    Assert.True(bytes.AsSpan(offset, length).SequenceEqual(read), $"{length} bytes at {offset} differ");
                }
            });
            return 0;
        });
    }

    [Fact]
    public async Task Extents_tell_data_from_zeros_and_fill_what_was_asked_for()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", (6 * Block) + 100);
        disk.Write(Block, [1]);
        disk.Write(2 * Block, [1]);
        disk.Write(6 * Block, [1]);
        var snapshot = (await vault.BackUpImagesAsync(null, disk.Full())).Backup.Snapshot;

        await vault.UseAsync(async repository =>
        {
            await using var reader = await ImageReader.OpenAsync(repository, snapshot, "/web01/disk0.raw");
            Assert.Equal(
                [new(0, Block, true), new(Block, 2 * Block, false), new(3 * Block, 3 * Block, true), new(6 * Block, 100, false)],
                reader.Extents(0, reader.Size));
            Assert.Equal([new ImageExtent(Block - 1, 1, true), new ImageExtent(Block, 5, false)], reader.Extents(Block - 1, 6));
            Assert.Empty(reader.Extents(reader.Size, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => reader.Extents(reader.Size, 1));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await reader.ReadAsync(-1, new byte[1]));
            return 0;
        });
    }

    [Fact]
    public async Task A_damaged_block_is_never_given_out()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 4 * Block);
        disk.Write(0, ImageArchiverTests.Noise(new Random(2), 4 * Block));
        var snapshot = (await vault.BackUpImagesAsync(null, disk.Full())).Backup.Snapshot;
        foreach (var pack in Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories).Where(pack => new FileInfo(pack).Length > Block))
            await EngineVault.DamageAsync(pack, bytes => bytes.GetBuffer()[Block / 2] ^= 1);

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => vault.ReadImageAsync(snapshot, "disk0.raw"));
        Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
        failure = await Assert.ThrowsAsync<RepositoryException>(() => RestoreAsync(vault, snapshot.Tree, (_, _, _) => ValueTask.CompletedTask));
        Assert.Equal(RepositoryProblem.Corrupt, failure.Problem);
    }

    [Fact]
    public async Task A_restore_writes_what_is_not_zero_in_order_and_counts_all()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", (150 * Block) + 7);
        foreach (var number in new[] { 0, 1, 70, 71, 72, 149, 150 })
            disk.Write(number * Block, ImageArchiverTests.Noise(new Random(number), 7));
        var snapshot = (await vault.BackUpImagesAsync(null, disk.Full())).Backup.Snapshot;
        var (restored, last) = (new byte[disk.Bytes.Length], -1L);
        var progress = new RestoreProgress();

        var written = await RestoreAsync(
            vault,
            snapshot.Tree,
            async (offset, bytes, _) =>
            {
                Assert.True(offset > last, "out of order");
                last = offset;
                await Task.Yield();
                bytes.CopyTo(restored.AsMemory((int)offset));
            },
            progress);

        Assert.Equal(disk.Bytes, restored);
        Assert.Equal((6L * Block) + 7, written);
        Assert.Equal((disk.Bytes.Length, disk.Bytes.Length, 1), (progress.Read().BytesDone, progress.Read().BytesTotal, progress.Read().FilesDone));
    }

    [Fact]
    public async Task A_writer_that_fails_ends_the_restore_with_its_failure()
    {
        using var vault = await new EngineVault().InitAsync();
        var disk = new MemoryDisk("disk0.raw", 30 * Block);
        disk.Write(0, ImageArchiverTests.Noise(new Random(3), 30 * Block));
        var snapshot = (await vault.BackUpImagesAsync(null, disk.Full())).Backup.Snapshot;

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            RestoreAsync(vault, snapshot.Tree, (offset, _, _) => offset < 3 * Block ? ValueTask.CompletedTask : throw new IOException("disk full")));

        Assert.Equal("disk full", failure.Message);
    }

    private static Task<long> RestoreAsync(
        EngineVault vault, Engine.Ids.BlobId tree, Func<long, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, RestoreProgress? progress = null) =>
        vault.UseAsync(async repository =>
        {
            var file = await TreePath.FindAsync(repository, tree, RawPath.FromText("/web01/disk0.raw"));
            return await ImageRestorer.RestoreAsync(repository, file!, write, progress);
        });
}
