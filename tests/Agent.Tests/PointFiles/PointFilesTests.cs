using System.Buffers.Binary;
using System.Text;
using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.PointFiles;
using BackupOnline.Agent.Tests.Images;

namespace BackupOnline.Agent.Tests.PointFiles;

/// <summary>Files out of disks of a point: partition tables, ext4 and NTFS, by the real tools.</summary>
public sealed class PointFilesTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;
    private ImageRepository _images = null!;

    public async ValueTask InitializeAsync() => _images = await ImageRepository.MakeAsync();

    public ValueTask DisposeAsync() => _images.DisposeAsync();

    [Fact]
    public async Task A_file_of_an_ext4_partition_is_found_and_written_byte_for_byte()
    {
        Need("mkfs.ext4", "debugfs", "qemu-storage-daemon");
        NeedFuse();
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        _images.Machine.Write("tree/etc/a file \"with\" quotes", "hello");
        await File.WriteAllBytesAsync(_images.Machine.PathOf("tree/large"), content);
        await RunAsync("truncate", "-s", "40M", Image("fs"));
        await RunAsync(Find("mkfs.ext4"), "-q", "-F", "-d", _images.Machine.PathOf("tree"), Image("fs"));
        await WriteDiskAsync(Image("disk"), await File.ReadAllBytesAsync(Image("fs")), type: 0x83);
        await using var disks = await PointAsync(Image("disk"));

        var volumes = await VolumeFiles.FindAsync(disks, Token);

        var volume = Assert.Single(volumes, each => each.CanBeRead);
        Assert.Equal(("0:1", FileSystemKind.Ext), (volume.Name, volume.Kind));
        Assert.Equal(["/a file \"with\" quotes"], (await ListAsync(disks, volume, "/etc")).Select(file => "/" + file.Name));
        Assert.Contains(await ListAsync(disks, volume, "/"), file => file is { Name: "etc", Type: PointFileType.Folder });
        Assert.Equal(content, await ReadAsync(disks, volume, "/large"));
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(disks, volume, "/etc/a file \"with\" quotes"));
        var missing = await Assert.ThrowsAsync<AgentStop>(() => ListAsync(disks, volume, "/nowhere"));
        Assert.Contains("File not found", missing.Text(new Speech(Language.English)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_NTFS_is_found_and_written_byte_for_byte()
    {
        Need("mkntfs", "ntfscp", "ntfsls", "ntfscat", "qemu-storage-daemon");
        NeedFuse();
        _images.Machine.Write("hello", "hello");
        await RunAsync("truncate", "-s", "20M", Image("nt"));
        await RunAsync(Find("mkntfs"), "-q", "-F", "-Q", Image("nt"));
        await RunAsync(Find("ntfscp"), "-q", Image("nt"), _images.Machine.PathOf("hello"), "/a name of words.txt");
        await using var disks = await PointAsync(Image("nt"));

        var volume = Assert.Single(await VolumeFiles.FindAsync(disks, Token));

        Assert.Equal(("0", FileSystemKind.Ntfs), (volume.Name, volume.Kind));
        Assert.Equal(new PointFile("a name of words.txt", PointFileType.File, 5), Assert.Single(await ListAsync(disks, volume, "/")));
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(disks, volume, "/a name of words.txt"));
        await Assert.ThrowsAsync<AgentStop>(() => ListAsync(disks, volume, "/nowhere"));
    }

    [Fact]
    public async Task Logical_partitions_of_an_MBR_and_those_of_a_GPT_are_found_as_sfdisk_made_them()
    {
        Need("sfdisk");
        await RunAsync("truncate", "-s", "64M", Image("mbr"), Image("gpt"));
        _images.Machine.Write("mbr", "label: dos\nstart=2048,size=8192,type=83\nstart=10240,size=65536,type=5\nstart=12288,size=4096,type=83\nstart=18432,size=8192,type=7\n");
        _images.Machine.Write("gpt", "label: gpt\nstart=2048,size=8192\nstart=20480,size=16384\n");
        await RunAsync("sh", "-c", $"{Find("sfdisk")} -q '{Image("mbr")}' <'{_images.Machine.PathOf("mbr")}' && {Find("sfdisk")} -q '{Image("gpt")}' <'{_images.Machine.PathOf("gpt")}'");
        await using var disks = await PointAsync(Image("mbr"), Image("gpt"));

        Assert.Equal(
            [new Partition(1, MiB, 4 * MiB), new Partition(5, 6 * MiB, 2 * MiB), new Partition(6, 9 * MiB, 4 * MiB)],
            await PartitionTable.ReadAsync(disks.Images[0], Token));
        Assert.Equal([new Partition(1, MiB, 4 * MiB), new Partition(2, 10 * MiB, 8 * MiB)], await PartitionTable.ReadAsync(disks.Images[1], Token));
    }

    [Fact]
    public async Task Tables_that_are_damaged_or_hostile_name_nothing_outside_the_disk_and_come_to_an_end()
    {
        var random = new Random(2);
        for (var round = 0; round < 20; round++)
        {
            var disk = new byte[MiB];
            random.NextBytes(disk.AsSpan(0, 64 << 10));
            (disk[510], disk[511]) = (0x55, 0xaa);
            disk[450] = round % 3 == 0 ? (byte)0xee : (byte)5;
            if (round % 3 == 0)
                "EFI PART"u8.CopyTo(disk.AsSpan(512));

            // A chain of logical partitions that leads back to itself.
            BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(454), 1);
            (disk[1022], disk[1023], disk[512 + 466]) = (0x55, 0xaa, 5);
            await File.WriteAllBytesAsync(Image("hostile"), disk);
            await using var disks = await PointAsync(Image("hostile"));

            foreach (var part in await PartitionTable.ReadAsync(disks.Images[0], Token))
                Assert.InRange(part.Offset + part.Length, 1, disk.Length);
        }
    }

    [Theory]
    [InlineData("XFSB", 0, "xfs")]
    [InlineData("LABELONE", 512, "lvm")]
    public async Task What_cannot_be_read_is_named(string magic, int offset, string kind)
    {
        var disk = new byte[2 * MiB];
        Encoding.ASCII.GetBytes(magic, disk.AsSpan(offset));
        await File.WriteAllBytesAsync(Image("disk"), disk);
        await using var disks = await PointAsync(Image("disk"));

        var refusal = Assert.Throws<AgentStop>(() => VolumeChoice.Of([.. VolumeFiles.FindAsync(disks, Token).Result], null, "latest"));

        Assert.Contains(kind, refusal.Text(new Speech(Language.English)), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<IReadOnlyList<PointFile>> ListAsync(PointDisks disks, PointVolume volume, string folder) =>
        VolumeChoice.UseAsync(disks, volume, folder, TimeProvider.System, (tool, file) => tool.ListAsync(file, folder, Token), Token);

    private static Task<byte[]> ReadAsync(PointDisks disks, PointVolume volume, string path) =>
        VolumeChoice.UseAsync(
            disks,
            volume,
            path,
            TimeProvider.System,
            async (tool, file) =>
            {
                using var output = new MemoryStream();
                await tool.CopyAsync(file, path, output, Token);
                return output.ToArray();
            },
            Token);

    private static string Find(string program) =>
        new[] { "/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;

    private static void Need(params string[] programs)
    {
        foreach (var program in programs)
            Assert.SkipWhen(Find(program) == program, $"{program} is not installed.");
    }

    private static void NeedFuse()
    {
        try
        {
            using var fuse = File.OpenHandle("/dev/fuse", FileMode.Open, FileAccess.ReadWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"/dev/fuse cannot be opened here: {failure.Message}");
        }
    }

    private static async Task WriteDiskAsync(string path, byte[] fileSystem, byte type)
    {
        var disk = new byte[MiB + fileSystem.Length];
        fileSystem.CopyTo(disk, MiB);
        disk[450] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(454), MiB / 512);
        BinaryPrimitives.WriteInt32LittleEndian(disk.AsSpan(458), fileSystem.Length / 512);
        (disk[510], disk[511]) = (0x55, 0xaa);
        await File.WriteAllBytesAsync(path, disk);
    }

    private string Image(string name) => _images.Machine.PathOf(name + ".raw");

    private async Task<PointDisks> PointAsync(params string[] images) => await PointDisks.OpenAsync(_images.Repository, await _images.BackUpAsync(images), Token);

    private async Task RunAsync(string program, params string[] arguments) => (await _images.Machine.RunProgramAsync(program, arguments)).ShouldEndWith(0);
}
