using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.Vhdx;

/// <summary>What qemu-img and qemu-io wrote is read byte for byte.</summary>
public sealed class VhdxDiskTests : IDisposable
{
    private const int Size = 40 * DiskLab.Mebibyte + 512;
    private readonly DiskLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("subformat=dynamic", 1)]
    [InlineData("subformat=dynamic,block_size=1M", 2)]
    [InlineData("subformat=dynamic,block_size=32M,block_state_zero=off", 3)]
    [InlineData("subformat=fixed,block_size=2M", 4)]
    public async Task A_disk_that_qemu_wrote_reads_the_same(string options, int seed)
    {
        var raw = _lab.Raw("disk.raw", Size, seed);
        await _lab.QemuImgAsync("convert", "-f", "raw", "-O", "vhdx", "-o", options, raw, _lab.PathOf("disk.vhdx"));

        using var disk = VhdxDisk.Open(_lab.PathOf("disk.vhdx"));

        var expected = await File.ReadAllBytesAsync(raw);
        Assert.Equal(Size, disk.Size);
        DiskLab.ShouldBeEqual(expected, await DiskLab.ReadAllAsync(disk));
        Covers(disk, expected);
    }

    [Fact]
    public async Task Extents_skip_what_was_never_written()
    {
        await _lab.QemuImgAsync("create", "-f", "vhdx", "-o", "block_size=1M", _lab.PathOf("disk.vhdx"), "1G");
        await _lab.WriteAsync(_lab.PathOf("disk.vhdx"), "vhdx", "write -P 1 3M 4k", "write -P 2 700M 2M");

        using var disk = VhdxDisk.Open(_lab.PathOf("disk.vhdx"));

        long[] data = [.. disk.Extents().Where(extent => extent.Kind == ExtentKind.Data).SelectMany(extent => new[] { extent.Offset / DiskLab.Mebibyte, extent.Length / DiskLab.Mebibyte })];
        Assert.Equal([3, 1, 700, 2], data);
    }

    [Fact]
    public async Task Parallel_reads_of_a_large_table_agree()
    {
        // 1 TiB in blocks of 1 MiB: a block table of 8 MiB, more pages than are kept.
        await _lab.QemuImgAsync("create", "-f", "vhdx", "-o", "block_size=1M", _lab.PathOf("disk.vhdx"), "1T");
        await _lab.WriteAsync(_lab.PathOf("disk.vhdx"), "vhdx", "write -P 7 0 4k", "write -P 8 600G 4k", "write -P 9 1048575M 4k");
        using var disk = VhdxDisk.Open(_lab.PathOf("disk.vhdx"));

        await Parallel.ForAsync(0, 300, async (i, cancellation) =>
        {
            var buffer = new byte[4096];
            (long Offset, byte Value) place = (i % 3) switch { 0 => (0, 7), 1 => (600L << 30, 8), _ => (1048575L << 20, 9) };
            await disk.ReadAsync(place.Offset, buffer, cancellation);
            Assert.DoesNotContain(buffer, value => value != place.Value);
            await disk.ReadAsync((i * 3L + 1) << 30, buffer, cancellation);
            Assert.DoesNotContain(buffer, value => value != 0);
        });
        Assert.Equal(3, disk.Extents().Count(extent => extent.Kind == ExtentKind.Data));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(DiskLab.Mebibyte - 4096)]
    public async Task A_file_that_was_not_closed_is_read_through_its_log(int position)
    {
        var path = _lab.PathOf("disk.vhdx");
        await _lab.QemuImgAsync("create", "-f", "vhdx", "-o", "block_size=1M", path, "64M");
        await _lab.WriteAsync(path, "vhdx", "write -P 17 5M 1M", "write -P 34 9M 1M");
        // As after a power cut that kept the log and lost what it tells of: the table, and sectors of a block. The second place makes the log wrap around.
        ForgedLog.Leave(path, position);
        var before = await File.ReadAllBytesAsync(path);

        var read = await DiskLab.ReadAllAsync(path);

        Assert.Equal(before, await File.ReadAllBytesAsync(path));
        if (position == 0)
        {
            await _lab.QemuImgAsync("check", "-r", "all", "-f", "vhdx", path);
            DiskLab.ShouldBeEqual(await _lab.QemuBytesAsync(path), read);
        }

        // QEMU 7.2 takes a sequence that begins after the wrap for a whole one (section 2.3.2 asks for its tail): there the bytes that were written are the judge.
        var (five, nine) = (5 * DiskLab.Mebibyte, 9 * DiskLab.Mebibyte);
        Assert.Equal((17, 0, 0, 17), (read[five], read[five + 4096], read[five + 12287], read[five + 12288]));
        Assert.Equal((34, 0xC3, 0xC3, 34), (read[nine], read[nine + 8192], read[nine + 12287], read[nine + 12288]));
    }

    [Fact]
    public async Task A_log_that_is_torn_is_refused_and_not_guessed()
    {
        var path = _lab.PathOf("disk.vhdx");
        await _lab.QemuImgAsync("create", "-f", "vhdx", path, "64M");
        var header = VhdxHeader.Read(VhdxBytes.Open(path));
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            RandomAccess.Write(file, (header with { Log = Guid.NewGuid(), Sequence = header.Sequence + 1 }).ToBytes(), VhdxFormat.FirstHeader);

        var refused = Assert.Throws<VhdxException>(() => VhdxDisk.Open(path));

        Assert.Contains("not closed", refused.Message);
    }

    private static void Covers(VhdxDisk disk, byte[] expected)
    {
        var end = 0L;
        foreach (var extent in disk.Extents())
        {
            Assert.Equal(end, extent.Offset);
            Assert.True(extent.Length > 0);
            if (extent.Kind == ExtentKind.Zero)
                Assert.False(expected.AsSpan((int)extent.Offset, (int)extent.Length).ContainsAnyExcept((byte)0));
            end = extent.End;
        }

        Assert.Equal(disk.Size, end);
    }
}
