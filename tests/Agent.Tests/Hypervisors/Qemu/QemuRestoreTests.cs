using System.Diagnostics;
using System.Globalization;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>A machine is made anew in every format, off and without a network, and goes on where its point was taken.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class QemuRestoreTests(SharedGuest shared) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bo-restore-").FullName;

    [Fact]
    public async Task A_restored_machine_is_equal_in_each_format_and_boots_where_its_application_was_quiesced()
    {
        await using var lab = await QemuLab.OnAsync(shared.Guest);
        var copies = new DiskCopies();
        IReadOnlyList<ConfigurationFile> configuration;
        await using (var point = await lab.OpenAsync(lab.Request(copies, null, Consistency.Application)))
        {
            await copies.TakeAsync(point);
            configuration = point.Configuration;
        }

        var raw = Path.Combine(await RestoreAsync("raw", copies, configuration), "disk2.raw");
        foreach (var format in new[] { "vhdx", "qcow2" })
        {
            var folder = await RestoreAsync(format, copies, configuration);
            await Tool.RunAsync("qemu-img", "check", "-q", "-f", format, Path.Combine(folder, $"disk2.{format}"));
            await Tool.RunAsync("qemu-img", "compare", "-q", "-f", "raw", "-F", format, raw, Path.Combine(folder, $"disk2.{format}"));
        }

        var serial = await BootAsync(Path.Combine(_folder, "qcow2"));
        var expected = GuestImage.Numbers(copies["app"], copies["ring"]).Table;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"writer: start {expected} clean"), serial, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_restored_over_what_is_there_and_an_unfinished_one_leaves_nothing()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "there"));
        var target = new QemuRestoreTarget(TimeProvider.System);

        var taken = await Assert.ThrowsAsync<HypervisorException>(() => target.PrepareAsync(Request("there", "raw"), CancellationToken.None));
        await using (var unfinished = await target.PrepareAsync(Request("unfinished", "qcow2"), CancellationToken.None))
            await unfinished.WriteAsync("disk", 4096, new byte[4096], CancellationToken.None);

        Assert.Equal((HypervisorFault.Operator, "name-taken"), (taken.Fault, taken.Code));
        Assert.Equal(["there"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../up", "raw", 1 << 20, "name-wrong")]
    [InlineData("a", "vmdk", 1 << 20, "format-unknown")]
    [InlineData("a", "raw", 1000, "disk-size")]
    public async Task A_request_that_makes_no_sense_is_refused_before_anything_is_made(string name, string format, long size, string code)
    {
        var refused = await Assert.ThrowsAsync<HypervisorException>(() =>
            new QemuRestoreTarget(TimeProvider.System).PrepareAsync(Request(name, format) with { Disks = [("disk", size)] }, CancellationToken.None));

        Assert.Equal((HypervisorFault.Operator, code), (refused.Fault, refused.Code));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MachineRestoreRequest Request(string name, string format) => new() { Name = name, Folder = _folder, Format = format, Disks = [("disk", 1 << 20)] };

    private async Task<string> RestoreAsync(string format, DiskCopies copies, IReadOnlyList<ConfigurationFile> configuration)
    {
        var request = Request(format, format) with { Disks = [.. copies.Sizes.OrderBy(size => size.Key, StringComparer.Ordinal).Select(size => (size.Key, size.Value))], Configuration = configuration };
        await using var restore = await new QemuRestoreTarget(TimeProvider.System).PrepareAsync(request, CancellationToken.None);
        foreach (var (disk, size) in request.Disks)
        {
            for (var at = 0; at < size; at += 1 << 20)
            {
                var part = copies[disk].AsMemory(at, (int)Math.Min(1 << 20, size - at));
                if (part.Span.ContainsAnyExcept((byte)0))
                    await restore.WriteAsync(disk, at, part, CancellationToken.None);
            }
        }

        return await restore.CompleteAsync(CancellationToken.None);
    }

    /// <summary>Through the script that was written, with the kernel of the fixture.</summary>
    private static async Task<string> BootAsync(string folder)
    {
        var fixture = await VmFixture.FolderAsync();
        var serial = Path.Combine(folder, "serial");
        var start = new ProcessStartInfo(Path.Combine(folder, "start.sh"), [
            "-accel", "tcg", "-display", "none", "-kernel", Path.Combine(fixture, "vmlinuz"), "-initrd", Path.Combine(fixture, "initrd"), "-append", GuestOptions.KernelLine,
            "-serial", "file:" + serial, "-device", "virtio-serial-pci", "-chardev", "null,id=control", "-device", "virtserialport,chardev=control,name=bo.control"]);
        using var process = Process.Start(start)!;
        try
        {
            await Running.Until.TrueAsync(() => process.HasExited || (File.Exists(serial) && Read().Contains("writer: start", StringComparison.Ordinal)), TimeSpan.FromMinutes(6));
            Assert.False(process.HasExited);
            return Read();
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        string Read()
        {
            using var stream = new FileStream(serial, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
