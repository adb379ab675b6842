using BackupOnline.Agent.Hypervisors.Vhdx;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Vhdx;

/// <summary>A folder of disk images, and QEMU's tools to make, change and judge them.</summary>
internal sealed class DiskLab : IDisposable
{
    public const int Mebibyte = 1 << 20;
    private readonly Machine _machine = new();

    public string Folder => _machine.Folder;

    public string PathOf(string name) => _machine.PathOf(name);

    public async Task<string> QemuImgAsync(params string[] arguments) => (await _machine.RunProgramAsync("qemu-img", arguments)).ShouldEndWith(0).Output;

    /// <summary>Runs commands of qemu-io on an image, each on its own line.</summary>
    public async Task WriteAsync(string image, string format, params string[] commands)
    {
        var ended = await _machine.RunProgramAsync("qemu-io", ["-f", format, image, .. commands.SelectMany(command => new[] { "-c", command })]);
        Assert.DoesNotContain("failed", ended.ShouldEndWith(0).Output + ended.Error, StringComparison.OrdinalIgnoreCase);
    }

    public Task<Ended> RunAsync(string program, params string[] arguments) => _machine.RunProgramAsync(program, arguments);

    public Started Start(string program, params string[] arguments) => _machine.Start(program, arguments);

    /// <summary>A raw image with runs of data between holes, from a seed.</summary>
    public string Raw(string name, long size, int seed, int runs = 12, int longest = 300_000)
    {
        var random = new Random(seed);
        var path = PathOf(name);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, size);
        for (var run = 0; run < runs; run++)
        {
            var bytes = new byte[random.Next(512, longest)];
            random.NextBytes(bytes);
            RandomAccess.Write(file, bytes, random.NextInt64(0, size - bytes.Length));
        }

        // The very first and last bytes, too.
        RandomAccess.Write(file, [0xA5], 0);
        RandomAccess.Write(file, [0x5A], size - 1);
        return path;
    }

    /// <summary>The whole disk as our reader sees it, read in pieces that are aligned to nothing.</summary>
    public static async Task<byte[]> ReadAllAsync(VhdxDisk disk, int piece = 999_983)
    {
        var bytes = new byte[disk.Size];
        for (var at = 0; at < bytes.Length; at += piece)
            await disk.ReadAsync(at, bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), CancellationToken.None);
        return bytes;
    }

    public static async Task<byte[]> ReadAllAsync(string path)
    {
        using var disk = VhdxDisk.Open(path);
        return await ReadAllAsync(disk);
    }

    /// <summary>The whole disk as QEMU sees it.</summary>
    public async Task<byte[]> QemuBytesAsync(string image, string format = "vhdx")
    {
        var raw = PathOf($"{Guid.NewGuid():N}.raw");
        await QemuImgAsync("convert", "-f", format, "-O", "raw", image, raw);
        var bytes = await File.ReadAllBytesAsync(raw);
        File.Delete(raw);
        return bytes;
    }

    /// <summary>Equal, and if not, where.</summary>
    public static void ShouldBeEqual(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(same == expected.Length, $"Differs at byte {same}.");
    }

    public void Dispose() => _machine.Dispose();
}
