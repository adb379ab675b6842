using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Nbd;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Hypervisors.Nbd;

/// <summary>The client against QEMU's own server, over images of every format that is restored to.</summary>
public sealed class QemuNbdTests : IDisposable
{
    private const int Mebibyte = 1 << 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("bo-nbd-").FullName;

    [Theory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    [InlineData("vhdx")]
    public async Task What_is_written_through_one_connection_is_what_qemu_img_reads(string format)
    {
        var image = Path.Combine(_folder, "image");
        await Tool.RunAsync("qemu-img", "create", "-q", "-f", format, image, "80M");
        var expected = new byte[80 * Mebibyte];
        new Random(1).NextBytes(expected.AsSpan(3 * Mebibyte, 40 * Mebibyte));
        await using (var serving = await QemuNbdProcess.StartAsync(image, format, Path.Combine(_folder, "socket"), writable: true, TimeProvider.System, CancellationToken.None))
        {
            await serving.Connection.WriteAsync(3 * Mebibyte, expected.AsMemory(3 * Mebibyte, 40 * Mebibyte), CancellationToken.None);
            var back = new byte[50 * Mebibyte];
            await serving.Connection.ReadAsync(0, back, CancellationToken.None);
            Assert.True(back.AsSpan().SequenceEqual(expected.AsSpan(0, back.Length)));
            await serving.CloseAsync(CancellationToken.None);
        }

        var read = await Tool.ReadAsync(image, format);
        Assert.True(expected.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task Allocation_tells_what_holds_nothing_and_covers_the_disk_without_a_gap()
    {
        var image = Path.Combine(_folder, "image");
        await Tool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", image, "64M");
        await Tool.RunAsync("qemu-io", "-f", "qcow2", "-c", "write -P 7 1M 64k", "-c", "write -z 8M 1M", image);
        await using var serving = await QemuNbdProcess.StartAsync(image, "qcow2", Path.Combine(_folder, "socket"), writable: false, TimeProvider.System, CancellationToken.None, NbdContext.Allocation);

        var extents = (await serving.Connection.StatusAsync(0, 64 * Mebibyte, CancellationToken.None))[NbdContext.Allocation];

        Assert.Equal(64 * Mebibyte, extents.Sum(extent => extent.Length));
        Assert.Equal([(1L * Mebibyte, 65536L)], extents.Where(extent => (extent.Flags & NbdContext.Zero) == 0).Select(extent => (extent.Offset, extent.Length)));
    }

    [Fact]
    public async Task An_image_that_QEMU_refuses_is_told_with_its_words()
    {
        var image = Path.Combine(_folder, "image");
        await File.WriteAllTextAsync(image, "not an image");

        var refused = await Assert.ThrowsAsync<HypervisorException>(() =>
            QemuNbdProcess.StartAsync(image, "qcow2", Path.Combine(_folder, "socket"), writable: false, TimeProvider.System, CancellationToken.None));

        Assert.Equal((HypervisorFault.Operator, "image-refused"), (refused.Fault, refused.Code));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
