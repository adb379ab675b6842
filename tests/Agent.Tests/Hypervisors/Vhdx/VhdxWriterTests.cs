using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.Vhdx;

/// <summary>What we write is sound for qemu-img, the same for it, and can be written on by it.</summary>
public sealed class VhdxWriterTests : IDisposable
{
    private readonly DiskLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(64L * DiskLab.Mebibyte, 11)]
    [InlineData(33L * DiskLab.Mebibyte + 512, 12)]
    [InlineData(512, 13)]
    public async Task A_disk_that_we_write_is_sound_and_equal_for_qemu(long size, int seed)
    {
        var raw = _lab.Raw("disk.raw", size, seed, runs: size > 1 << 20 ? 12 : 0);
        await WriteShuffledAsync(raw, _lab.PathOf("disk.vhdx"), seed);

        await _lab.QemuImgAsync("check", "-f", "vhdx", _lab.PathOf("disk.vhdx"));
        await _lab.QemuImgAsync("compare", "-f", "raw", "-F", "vhdx", raw, _lab.PathOf("disk.vhdx"));
        DiskLab.ShouldBeEqual(await File.ReadAllBytesAsync(raw), await DiskLab.ReadAllAsync(_lab.PathOf("disk.vhdx")));
    }

    [Fact]
    public async Task Qemu_writes_on_what_we_wrote()
    {
        var raw = _lab.Raw("disk.raw", 16 * DiskLab.Mebibyte, 21);
        var path = _lab.PathOf("disk.vhdx");
        await WriteShuffledAsync(raw, path, 21);

        string[] changes = ["write -P 91 1M 3M", "write -P 92 15M 64k"];
        await _lab.WriteAsync(path, "vhdx", changes);
        await _lab.WriteAsync(raw, "raw", changes);

        await _lab.QemuImgAsync("check", "-f", "vhdx", path);
        DiskLab.ShouldBeEqual(await File.ReadAllBytesAsync(raw), await DiskLab.ReadAllAsync(path));
    }

    [Fact]
    public async Task A_disk_of_8_TiB_takes_the_room_of_its_data()
    {
        var path = _lab.PathOf("disk.vhdx");
        using (var writer = VhdxWriter.Create(path, 8L << 40))
        {
            await writer.WriteAsync((8L << 40) - 4096, new byte[] { 1, 2, 3, 4 }, CancellationToken.None);
            await writer.WriteAsync(1L << 40, new byte[4 << 20], CancellationToken.None);
            writer.Complete();
        }

        Assert.InRange(new FileInfo(path).Length, 1, 64 * DiskLab.Mebibyte);
        await _lab.QemuImgAsync("check", "-f", "vhdx", path);
        Assert.Contains($"\"virtual-size\": {8L << 40}", await _lab.QemuImgAsync("info", "--output", "json", "-f", "vhdx", path));
    }

    [Fact]
    public async Task An_unfinished_file_is_removed_and_was_never_a_disk()
    {
        var path = _lab.PathOf("disk.vhdx");
        using (var writer = VhdxWriter.Create(path, 1 << 20))
        {
            await writer.WriteAsync(0, new byte[] { 1 }, CancellationToken.None);
            (await _lab.RunAsync("cp", path, _lab.PathOf("torn.vhdx"))).ShouldEndWith(0);
        }

        Assert.False(File.Exists(path));
        Assert.Throws<VhdxException>(() => VhdxDisk.Open(_lab.PathOf("torn.vhdx")));
    }

    [Fact]
    public void A_file_that_is_there_is_not_overwritten()
    {
        File.WriteAllText(_lab.PathOf("disk.vhdx"), "kept");

        Assert.Throws<IOException>(() => VhdxWriter.Create(_lab.PathOf("disk.vhdx"), 1 << 20));

        Assert.Equal("kept", File.ReadAllText(_lab.PathOf("disk.vhdx")));
    }

    /// <summary>Pieces of all sizes, in no order, several at a time.</summary>
    private static async Task WriteShuffledAsync(string raw, string path, int seed)
    {
        var bytes = await File.ReadAllBytesAsync(raw);
        var random = new Random(seed);
        var pieces = new List<(int Offset, int Length)>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 700_000), bytes.Length - at);
            pieces.Add((at, length));
            at += length;
        }

        (int Offset, int Length)[] shuffled = [.. pieces];
        random.Shuffle(shuffled);
        using var writer = VhdxWriter.Create(path, bytes.Length);
        await Parallel.ForEachAsync(shuffled, async (piece, cancellation) => await writer.WriteAsync(piece.Offset, bytes.AsMemory(piece.Offset, piece.Length), cancellation));
        writer.Complete();
    }
}
