using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Images;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.BootTests;

/// <summary>Points of the test guest, good ones and ones that were spoilt, started from the repository by real QEMU. The long form is scripts/bench.sh boot.</summary>
[Trait(Pace.Trait, Pace.Long)]
public sealed class BootTestTests : IAsyncLifetime
{
    // Neither is a matter of the machine's pace: a bad guest tells of itself.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private ImageRepository _images = null!;
    private string _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        if (!QemuIsThere())
            Assert.Skip("qemu-system-x86_64 is not installed (qemu-system-x86).");
        _fixture = await VmFixture.FolderAsync();
        _images = await ImageRepository.MakeAsync();
        File.Copy(Path.Combine(_fixture, "app.raw"), Image("app"));
        await File.WriteAllBytesAsync(Image("ring"), new byte[16 << 20]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_images is not null)
            await _images.DisposeAsync();
    }

    [Fact]
    public async Task A_good_point_comes_up_with_a_picture_and_fetches_a_part_of_its_disks_only()
    {
        var verdict = await TestAsync(Options(), Image("app"), Image("ring"));

        Assert.True(verdict.Decision is { Good: true, Reason: BootReason.TextSeen }, Told(verdict));
        Assert.StartsWith("writer: start 0", verdict.Decision.Detail, StringComparison.Ordinal);
        Assert.Equal("PNG"u8.ToArray(), verdict.Picture![1..4]);
        Assert.InRange(verdict.BytesFetched, 1, (48 << 20) - 1);
        Assert.Contains("init: ready", verdict.Serial, StringComparison.Ordinal);

        // What the machine wrote went nowhere: a second start finds the same.
        var again = await TestAsync(Options(), Image("app"), Image("ring"));
        Assert.StartsWith("writer: start 0", again.Decision.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_text_to_wait_for_an_answer_of_the_guest_agent_is_the_sign_of_life()
    {
        var verdict = await TestAsync(Options() with { Expected = null }, Image("app"), Image("ring"));

        Assert.True(verdict.Decision is { Good: true, Reason: BootReason.AgentAnswered }, Told(verdict));
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("superblock")]
    [InlineData("shifted")]
    [InlineData("swapped")]
    public async Task A_spoilt_disk_is_called_bad(string how)
    {
        var bytes = await File.ReadAllBytesAsync(Image("app"));
        switch (how)
        {
            case "zeros":
                bytes.AsSpan().Clear();
                break;
            case "superblock":
                bytes.AsSpan(1024, 1024).Fill(0xa5);
                break;
            case "shifted":
                bytes = [.. new byte[512], .. bytes[..^512]];
                break;
        }

        await File.WriteAllBytesAsync(Image("spoilt"), bytes);
        var verdict = how == "swapped" ? await TestAsync(Options(), Image("ring"), Image("app")) : await TestAsync(Options(), Image("spoilt"), Image("ring"));

        Assert.False(verdict.Decision.Good, Told(verdict));
        Assert.Equal(BootReason.TurnedOff, verdict.Decision.Reason);
    }

    [Fact]
    public async Task A_disk_without_a_boot_loader_is_called_bad_by_what_the_firmware_says()
    {
        var verdict = await TestAsync(new BootTestOptions { MemoryMiB = 128, Deadline = Deadline }, Image("ring"));

        Assert.True(verdict.Decision is { Good: false, Reason: BootReason.NothingBootable }, Told(verdict));
        Assert.NotNull(verdict.Picture);
    }

    [Fact]
    public async Task A_point_whose_blocks_are_damaged_in_the_repository_is_called_bad_for_that()
    {
        // What nothing compresses fills packs of its own, apart from the trees. The guest never sees a byte of it.
        var bytes = new byte[32 << 20];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(Image("app"), bytes);
        var snapshot = await _images.BackUpAsync(Image("app"), Image("ring"));
        foreach (var pack in Directory.GetFiles(Path.Combine(_images.Machine.Repository, "data"), "*", SearchOption.AllDirectories))
        {
            var sealedBytes = await File.ReadAllBytesAsync(pack);
            if (sealedBytes.Length < 1 << 20)
                continue;
            File.Delete(pack);
            await File.WriteAllBytesAsync(pack, [.. sealedBytes.Select(value => (byte)(value ^ 1))]);
        }

        var verdict = await TestAsync(Options(), snapshot);

        Assert.True(verdict.Decision is { Good: false, Reason: BootReason.RepositoryDamaged }, Told(verdict));
    }

    [Fact]
    public async Task A_machine_that_says_nothing_is_called_bad_at_the_deadline()
    {
        var verdict = await TestAsync(Options() with { Expected = "never said", Deadline = TimeSpan.FromSeconds(1) }, Image("app"), Image("ring"));

        Assert.True(verdict.Decision is { Good: false, Reason: BootReason.Silent }, Told(verdict));
    }

    [Fact]
    public async Task An_emulator_that_is_not_there_or_refuses_its_arguments_is_no_verdict()
    {
        var refused = await Assert.ThrowsAsync<HypervisorException>(() => TestAsync(Options() with { Kernel = "/nowhere/vmlinuz" }, Image("app")));
        Assert.Equal("qemu-failed", refused.Code);
        Assert.Contains("/nowhere/vmlinuz", refused.Message, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<HypervisorException>(() => TestAsync(Options() with { Emulator = "qemu-system-nowhere" }, Image("app")));
        Assert.Equal("qemu-missing", missing.Code);
    }

    private static bool QemuIsThere() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "qemu-system-x86_64")));

    private static string Told(BootVerdict verdict) => $"{verdict.Decision}\n{verdict.Serial}";

    private string Image(string name) => _images.Machine.PathOf(name + ".raw");

    private BootTestOptions Options() => new()
    {
        MemoryMiB = 128,
        Deadline = Deadline,
        Expected = "writer: start ",
        Kernel = Path.Combine(_fixture, "vmlinuz"),
        Initrd = Path.Combine(_fixture, "initrd"),
        Append = "console=ttyS0 quiet panic=-1 no_timer_check lpj=4000000 random.trust_cpu=on mitigations=off",
    };

    private async Task<BootVerdict> TestAsync(BootTestOptions options, params string[] images) => await TestAsync(options, await _images.BackUpAsync(images));

    private async Task<BootVerdict> TestAsync(BootTestOptions options, Engine.Snapshots.Snapshot snapshot)
    {
        await using var disks = await PointDisks.OpenAsync(_images.Repository, snapshot, TestContext.Current.CancellationToken);
        return await new BootTest(TimeProvider.System).RunAsync(disks.Images, options, TestContext.Current.CancellationToken);
    }
}
