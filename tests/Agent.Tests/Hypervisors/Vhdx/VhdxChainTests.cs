using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.Vhdx;

/// <summary>Differencing chains: QEMU cannot read them, so libvhdi judges what we write, and a plain array judges what we read.</summary>
public sealed class VhdxChainTests : IDisposable
{
    private const int Size = 24 * DiskLab.Mebibyte;
    private readonly DiskLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_chain_of_four_reads_as_the_writes_lie_over_each_other()
    {
        var expected = await ChainAsync(depth: 3, seed: 31);

        DiskLab.ShouldBeEqual(expected, await DiskLab.ReadAllAsync(_lab.PathOf("disk3.avhdx")));
    }

    [Fact]
    public async Task Libvhdi_reads_the_same_from_a_chain_that_we_wrote()
    {
        var expected = await ChainAsync(depth: 2, seed: 32);
        var script = "import pyvhdi,sys\n"
            + "files=[pyvhdi.file() for _ in sys.argv[1:-1]]\n"
            + "for file,name in zip(files,sys.argv[1:]): file.open(name)\n"
            + "for child,parent in zip(files,files[1:]): child.set_parent(parent)\n"
            + "open(sys.argv[-1],'wb').write(files[0].read_buffer(files[0].get_media_size()))\n";

        (await _lab.RunAsync("/usr/bin/python3", "-c", script, _lab.PathOf("disk2.avhdx"), _lab.PathOf("disk1.avhdx"), _lab.PathOf("disk0.vhdx"), _lab.PathOf("read.raw"))).ShouldEndWith(0);

        DiskLab.ShouldBeEqual(expected, await File.ReadAllBytesAsync(_lab.PathOf("read.raw")));
    }

    [Fact]
    public async Task A_chain_that_was_moved_as_a_whole_is_found()
    {
        var expected = await ChainAsync(depth: 2, seed: 33);
        var elsewhere = Directory.CreateDirectory(_lab.PathOf("elsewhere")).FullName;
        foreach (var file in Directory.GetFiles(_lab.Folder, "disk*.*vhdx"))
            File.Move(file, Path.Combine(elsewhere, Path.GetFileName(file)));

        DiskLab.ShouldBeEqual(expected, await DiskLab.ReadAllAsync(Path.Combine(elsewhere, "disk2.avhdx")));
    }

    [Fact]
    public async Task A_missing_parent_is_named()
    {
        await ChainAsync(depth: 2, seed: 34);
        File.Delete(_lab.PathOf("disk0.vhdx"));

        var refused = Assert.Throws<VhdxException>(() => VhdxDisk.Open(_lab.PathOf("disk2.avhdx")));

        Assert.Contains(_lab.PathOf("disk0.vhdx"), refused.Message);
        Assert.Contains("put the parent file beside it", refused.Message);
    }

    [Fact]
    public async Task A_parent_that_was_written_after_its_child_is_refused()
    {
        await ChainAsync(depth: 1, seed: 35);
        await _lab.WriteAsync(_lab.PathOf("disk0.vhdx"), "vhdx", "write -P 1 0 1M");

        var refused = Assert.Throws<VhdxException>(() => VhdxDisk.Open(_lab.PathOf("disk1.avhdx")));

        Assert.Contains("changed after", refused.Message);
    }

    [Fact]
    public async Task A_chain_that_bites_its_tail_ends_in_an_error()
    {
        await ChainAsync(depth: 1, seed: 36);
        File.Delete(_lab.PathOf("disk0.vhdx"));
        File.CreateSymbolicLink(_lab.PathOf("disk0.vhdx"), _lab.PathOf("disk1.avhdx"));

        Assert.Throws<VhdxException>(() => VhdxDisk.Open(_lab.PathOf("disk1.avhdx")));
    }

    [Fact]
    public async Task Zeros_in_a_child_hide_what_its_parent_holds()
    {
        await ChainAsync(depth: 0, seed: 37);
        using (var parent = VhdxDisk.Open(_lab.PathOf("disk0.vhdx")))
        using (var writer = VhdxWriter.CreateChild(_lab.PathOf("disk1.avhdx"), parent))
        {
            await writer.WriteAsync(0, new byte[Size], CancellationToken.None);
            writer.Complete();
        }

        DiskLab.ShouldBeEqual(new byte[Size], await DiskLab.ReadAllAsync(_lab.PathOf("disk1.avhdx")));
    }

    [Fact]
    public async Task The_bytes_of_a_child_are_those_of_the_document()
    {
        await ChainAsync(depth: 0, seed: 38);
        using var parent = VhdxDisk.Open(_lab.PathOf("disk0.vhdx"));
        using (var writer = VhdxWriter.CreateChild(_lab.PathOf("disk1.avhdx"), parent))
        {
            // Sectors 9 and 10 of the disk.
            await writer.WriteAsync(9 * 512, Enumerable.Repeat((byte)0x77, 1024).ToArray(), CancellationToken.None);
            writer.Complete();
        }

        var file = await File.ReadAllBytesAsync(_lab.PathOf("disk1.avhdx"));
        // Section 2.5.1: payload block 0 is state 7 at 4 MiB; with blocks of 2 MiB the chunk ratio is 2048, so that its bitmap is entry 2048, state 6.
        Assert.Equal(0x0000_0000_0040_0007UL, BitConverter.ToUInt64(file, 3 * DiskLab.Mebibyte));
        Assert.Equal(0x0000_0000_0060_0006UL, BitConverter.ToUInt64(file, 3 * DiskLab.Mebibyte + 2048 * 8));
        // Section 2.4.2: bit 1 of byte 1 is sector 9.
        Assert.Equal(new byte[] { 0, 0b110, 0 }, file[(6 * DiskLab.Mebibyte)..(6 * DiskLab.Mebibyte + 3)]);
        Assert.Equal(0x77, file[4 * DiskLab.Mebibyte + 9 * 512]);
        Assert.Contains(parent.Header.DataWrite.ToString("B"), System.Text.Encoding.Unicode.GetString(file, 2 * DiskLab.Mebibyte + 64 * 1024, 4096));
    }

    /// <summary>disk0.vhdx from qemu-img, then children of ours with random whole sectors over it; what the last one reads as.</summary>
    private async Task<byte[]> ChainAsync(int depth, int seed)
    {
        var raw = _lab.Raw("base.raw", Size, seed);
        await _lab.QemuImgAsync("convert", "-f", "raw", "-O", "vhdx", "-o", "block_size=1M", raw, _lab.PathOf("disk0.vhdx"));
        var expected = await File.ReadAllBytesAsync(raw);
        var random = new Random(seed);
        for (var level = 1; level <= depth; level++)
        {
            using var parent = VhdxDisk.Open(_lab.PathOf($"disk{level - 1}.{(level == 1 ? "vhdx" : "avhdx")}"));
            using var writer = VhdxWriter.CreateChild(_lab.PathOf($"disk{level}.avhdx"), parent);
            for (var run = 0; run < 40; run++)
            {
                var bytes = new byte[512 * random.Next(1, run % 10 == 0 ? 6000 : 40)];
                random.NextBytes(bytes);
                var offset = 512 * random.Next(0, (Size - bytes.Length) / 512);
                await writer.WriteAsync(offset, bytes, CancellationToken.None);
                bytes.CopyTo(expected, offset);
            }

            writer.Complete();
        }

        return expected;
    }
}
