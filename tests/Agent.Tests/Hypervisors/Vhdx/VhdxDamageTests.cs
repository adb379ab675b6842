using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.Vhdx;

/// <summary>Damaged and hostile files end in an error that names the file, soon and in little memory.</summary>
public sealed class VhdxDamageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly DiskLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Bytes_changed_anywhere_in_the_tables_never_hang_or_exhaust_memory()
    {
        var (path, places) = await ChildAsync();
        var random = new Random(41);
        var (opened, refused) = (0, 0);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var round = 0; round < 600; round++)
        {
            var undo = new Stack<(long Offset, byte[] Bytes)>();
            for (var change = 0; change <= round % 4; change++)
            {
                var (offset, length, sealedAt) = places[random.Next(places.Length)];
                var bytes = new byte[sealedAt ?? length];
                RandomAccess.Read(file, bytes, offset);
                undo.Push((offset, (byte[])bytes.Clone()));
                bytes[random.Next(length)] = round % 2 == 0 ? (byte)random.Next(256) : (byte)0xFF;
                // Half of the rounds repair the checksum: a hostile file, not only a damaged one.
                if (round % 4 < 2 && sealedAt is not null)
                    VhdxChecksum.Seal(bytes);
                RandomAccess.Write(file, bytes, offset);
            }

            Read(path, ref opened, ref refused);
            foreach (var (offset, bytes) in undo)
                RandomAccess.Write(file, bytes, offset);
        }

        // The test is about both ways.
        Assert.True(opened > 20 && refused > 100, $"opened {opened}, refused {refused}");
    }

    [Fact]
    public async Task Bytes_changed_anywhere_in_a_log_are_refused_or_read()
    {
        var path = _lab.PathOf("disk.vhdx");
        await _lab.QemuImgAsync("create", "-f", "vhdx", "-o", "block_size=1M", path, "16M");
        await _lab.WriteAsync(path, "vhdx", "write -P 17 5M 1M", "write -P 34 9M 1M");
        ForgedLog.Leave(path, 0);
        long at;
        using (var bytes = VhdxBytes.Open(path))
            at = VhdxHeader.Read(bytes).LogOffset;
        // The three entries of the forged log.
        (int Start, int Length)[] entries = [(0, 8192), (8192, 4096), (12288, 8192)];
        var random = new Random(43);
        var (opened, refused) = (0, 0);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var round = 0; round < 300; round++)
        {
            var (start, length) = entries[round % 3];
            var entry = new byte[length];
            RandomAccess.Read(file, entry, at + start);
            var changed = (byte[])entry.Clone();
            changed[random.Next(96)] = round % 2 == 0 ? (byte)random.Next(256) : (byte)0xFF;
            if (round % 4 < 3)
                VhdxChecksum.Seal(changed);
            RandomAccess.Write(file, changed, at + start);
            Read(path, ref opened, ref refused);
            RandomAccess.Write(file, entry, at + start);
        }

        Assert.True(opened > 20 && refused > 20, $"opened {opened}, refused {refused}");
    }

    [Fact]
    public async Task A_file_that_ends_anywhere_is_refused_or_reads()
    {
        var (path, _) = await ChildAsync();
        var random = new Random(42);
        var (opened, refused) = (0, 0);
        // Shorter and shorter.
        foreach (var length in Enumerable.Range(0, 60).Select(_ => random.NextInt64(new FileInfo(path).Length)).OrderDescending())
        {
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
                RandomAccess.SetLength(file, length);
            Read(path, ref opened, ref refused);
        }

        Assert.True(refused > 40, $"opened {opened}, refused {refused}");
    }

    [Theory]
    [InlineData("conectix", "not a VHDX file")]
    [InlineData("", "shorter than the head")]
    public void What_is_not_a_VHDX_says_what_to_do(string start, string told)
    {
        var path = _lab.PathOf("disk.vhdx");
        File.WriteAllText(path, start);
        if (start.Length > 0)
            File.AppendAllText(path, new string('x', 2 * DiskLab.Mebibyte));

        var refused = Assert.Throws<VhdxException>(() => VhdxDisk.Open(path));

        Assert.Contains(told, refused.Message);
        Assert.StartsWith(path, refused.Message);
    }

    private void Read(string path, ref int opened, ref int refused)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var disk = VhdxDisk.Open(path);
            var buffer = new byte[100_000];
            using var deadline = new CancellationTokenSource(Patience);
            foreach (var extent in disk.Extents().Take(1000))
                if (extent.Kind == Agent.Hypervisors.ExtentKind.Data)
                    disk.ReadAsync(extent.Offset, buffer.AsMemory(0, (int)Math.Min(buffer.Length, extent.Length)), deadline.Token).AsTask().Wait(deadline.Token);
            opened++;
        }
        catch (VhdxException failure)
        {
            Assert.StartsWith(_lab.Folder, failure.Message);
            refused++;
        }
        catch (AggregateException failure) when (failure.InnerException is VhdxException)
        {
            refused++;
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * DiskLab.Mebibyte);
    }

    /// <summary>A small child with a parent, and where its tables lie.</summary>
    private async Task<(string Path, (int Offset, int Length, int? Sealed)[] Places)> ChildAsync()
    {
        await _lab.QemuImgAsync("create", "-f", "vhdx", "-o", "block_size=1M", _lab.PathOf("disk0.vhdx"), "8M");
        using var parent = VhdxDisk.Open(_lab.PathOf("disk0.vhdx"));
        using (var writer = VhdxWriter.CreateChild(_lab.PathOf("disk1.avhdx"), parent))
        {
            await writer.WriteAsync(512, new byte[] { 1 }.Concat(new byte[511]).ToArray(), CancellationToken.None);
            writer.Complete();
        }

        (int, int, int?)[] places =
        [
            (0, 16, null), (VhdxFormat.FirstHeader, 80, VhdxFormat.HeaderLength), (VhdxFormat.SecondHeader, 80, VhdxFormat.HeaderLength),
            (VhdxFormat.FirstRegionTable, 80, VhdxFormat.RegionTableLength), (VhdxFormat.SecondRegionTable, 80, VhdxFormat.RegionTableLength),
            (2 * DiskLab.Mebibyte, 224, null), (2 * DiskLab.Mebibyte + 64 * 1024, 500, null), (3 * DiskLab.Mebibyte, 64, null), (3 * DiskLab.Mebibyte + 2048 * 8, 8, null),
        ];
        return (_lab.PathOf("disk1.avhdx"), places);
    }
}
