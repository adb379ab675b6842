using System.Runtime.InteropServices;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>The kernel's own view of a repository, compared with the source and with stock restic's mount.</summary>
public sealed class MountCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    private string Point => Machine.PathOf("mnt");

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task Files_are_byte_for_byte_and_metadata_for_metadata_those_of_the_source()
    {
        NeedsFuse();
        await _both.FillAsync();
        Machine.Write("source/with attribute", "x");
        (await Machine.RunProgramAsync("setfattr", ["-n", "user.colour", "-v", "blue", Machine.PathOf("source/with attribute")])).ShouldEndWith(0);
        (await Machine.RunProgramAsync("sh", ["-c", $"mkfifo '{Machine.Source}/fifo'; chmod 4751 '{Machine.Source}/large'; printf x > \"$(printf '{Machine.Source}/n\\377me')\"; touch -d '1969-02-03 04:05:06.789' '{Machine.Source}/empty'"])).ShouldEndWith(0);
        (await Machine.RunAsync("backup", Machine.Source)).ShouldEndWith(0);
        await using (var mount = await MountAsync("mount", Point))
        {
            var mounted = Point + "/snapshots/latest" + Machine.Source;
            var (source, shown) = (await ListAsync(Machine.Source), await ListAsync(mounted));
            (await Machine.RunProgramAsync("sh", ["-c", $"rm '{Machine.Source}'/n?me"])).ShouldEndWith(0);
            Assert.Equal(source, shown);
            Assert.Contains("user.colour=\"blue\"", (await Machine.RunProgramAsync("getfattr", ["-d", "--absolute-names", mounted + "/with attribute"])).ShouldEndWith(0).Output);
            Assert.Equal("", (await Machine.RunProgramAsync("sh", ["-c", $"find '{mounted}' -samefile '{mounted}/large' | wc -l | grep -v '^2$' || true"])).Output);

            // Any bytes in any order.
            var tail = (await Machine.RunProgramAsync("sh", ["-c", $"tail -c 1234567 '{mounted}/large' | sha256sum; tail -c 1234567 '{Machine.Source}/large' | sha256sum"])).ShouldEndWith(0).Output.Split('\n');
            Assert.Equal(tail[0], tail[1]);
            Assert.Contains("Read-only", (await Machine.RunProgramAsync("touch", [mounted + "/new"])).ShouldEndWith(1).Error);

            // No prune takes away what is looked at.
            (await Machine.RunAsync("prune")).ShouldEndWith(11);
            mount.Signal(PosixSignal.SIGTERM);
            var ended = (await mount.EndAsync(Patience)).ShouldEndWith(0);
            Assert.Contains("is mounted at", ended.Output);
            Assert.Contains("is unmounted", ended.Output);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Point));
        Assert.Empty(Directory.EnumerateFiles(Machine.PathOf("repository/locks")));

        async Task<string> ListAsync(string folder) => (await Machine.RunProgramAsync(
            "sh", ["-c", "cd \"$0\" && find . -mindepth 1 \\( -type d -printf '%P|%y|%m|%U|%G|%T@\\n' -o -printf '%P|%y|%m|%U|%G|%T@|%s|%l|%n\\n' \\) | LC_ALL=C sort && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum", folder])).ShouldEndWith(0).Output;
    }

    [Fact]
    public async Task The_folders_are_those_of_restics_mount()
    {
        NeedsFuse();
        await _both.FillAsync();
        string ours;
        await using (var mount = await MountAsync("mount", Point))
        {
            ours = await TreeAsync();
            (await Machine.RunProgramAsync("umount", [Point])).ShouldEndWith(0);
            (await mount.EndAsync(Patience)).ShouldEndWith(0);
        }

        await using var restic = Machine.With("RESTIC_PASSWORD", Machine.Password).Start("restic", ["--no-cache", "-r", Machine.Repository, "mount", Point]);
        await Until.TrueAsync(() => Directory.Exists(Point + "/snapshots"), Patience);
        Assert.Equal(await TreeAsync(), ours);
        (await Machine.RunProgramAsync("umount", [Point])).ShouldEndWith(0);
        await restic.EndAsync(Patience);

        async Task<string> TreeAsync() => (await Machine.RunProgramAsync("sh", ["-c", "cd \"$0\" && find . \\( -path './*/*/*/*' -prune -o -printf '%P %y %l\\n' \\) | LC_ALL=C sort", Point])).ShouldEndWith(0).Output;
    }

    [Fact]
    public async Task Damage_is_an_error_of_that_file_alone_and_is_told_at_the_end()
    {
        NeedsFuse();
        Machine.WithSource(files: 1);
        Machine.Write("source/whole", "it is whole");
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await Machine.RunAsync("backup", Machine.Source)).ShouldEndWith(0);
        var packs = Directory.GetFiles(Machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).ToHashSet();
        await File.WriteAllBytesAsync(Machine.PathOf("source/torn"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(3 << 20));
        (await Machine.RunAsync("backup", Machine.Source)).ShouldEndWith(0);
        foreach (var pack in Directory.GetFiles(Machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).Where(pack => !packs.Contains(pack) && new FileInfo(pack).Length > 1 << 20))
        {
            // Not the beginning: that may be the tree of another pack.
            var bytes = await File.ReadAllBytesAsync(pack);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(pack, bytes);
        }

        await using var mount = await MountAsync("mount", Point);
        var mounted = Point + "/snapshots/latest" + Machine.Source;
        Assert.Contains("Input/output error", (await Machine.RunProgramAsync("cat", [mounted + "/torn"])).ShouldEndWith(1).Error);
        Assert.Equal("it is whole", (await Machine.RunProgramAsync("cat", [mounted + "/whole"])).ShouldEndWith(0).Output);
        mount.Signal(PosixSignal.SIGTERM);
        (await mount.EndAsync(Patience)).ShouldEndWith(22).ShouldSay("torn", "check --read-data");
    }

    [Fact]
    public async Task Snapshots_and_names_are_chosen()
    {
        NeedsFuse();
        await _both.FillAsync();
        await using var mount = await MountAsync("mount", "--tag", "ours", "--path-template", "by day/%T", "--time-template", "2006", "--owner-root", Point);
        Assert.Equal($"by day\nby day/{TimeProvider.System.GetUtcNow().Year}\nby day/latest\n", (await Machine.RunProgramAsync("sh", ["-c", "cd \"$0\" && find . -mindepth 1 -maxdepth 2 -printf '%P\\n' | sort", Point])).Output);
        mount.Signal(PosixSignal.SIGTERM);
        (await mount.EndAsync(Patience)).ShouldEndWith(0);
    }

    [Fact]
    public async Task It_ends_when_it_is_asked_to_although_somebody_is_still_inside_what_was_unmounted()
    {
        NeedsFuse();
        Machine.WithSource(files: 1);
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await Machine.RunAsync("backup", Machine.Source)).ShouldEndWith(0);
        await using var mount = await MountAsync("mount", Point);
        await using var inside = Machine.Start("sh", ["-c", $"cd '{Point}/ids' && exec sleep 600"]);
        await Until.TrueAsync(() => new FileInfo($"/proc/{inside.Id}/cwd").LinkTarget?.EndsWith("/ids", StringComparison.Ordinal) == true, Patience);
        (await Machine.RunProgramAsync("umount", ["--lazy", Point])).ShouldEndWith(0);
        mount.Signal(PosixSignal.SIGTERM);
        (await mount.EndAsync(Patience)).ShouldEndWith(0);
        inside.Kill();
    }

    [Fact]
    public async Task A_folder_of_many_names_is_listed_whole()
    {
        NeedsFuse();
        for (var i = 0; i < 12_000; i++)
            Machine.Write($"source/a rather long name of a file, so that a listing takes many calls {i}", "");
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await Machine.RunAsync("backup", Machine.Source)).ShouldEndWith(0);
        await using var mount = await MountAsync("mount", Point);
        var names = Directory.GetFiles(Point + "/snapshots/latest" + Machine.Source).Select(Path.GetFileName).ToHashSet();
        Assert.Equal(Directory.GetFiles(Machine.Source).Select(Path.GetFileName).ToHashSet(), names);
        mount.Signal(PosixSignal.SIGTERM);
        (await mount.EndAsync(Patience)).ShouldEndWith(0);
    }

    [Theory]
    [InlineData("is not a folder", "nowhere")]
    [InlineData("--path-template", "--path-template", "%x", "mnt")]
    [InlineData("--time-template", "--time-template", "2006/01", "mnt")]
    public async Task What_cannot_be_is_refused_with_what_to_do(string says, params string[] arguments)
    {
        NeedsFuse();
        Machine.WithSource(files: 1);
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        Directory.CreateDirectory(Point);
        (await Machine.RunAsync(["mount", .. arguments[..^1], Machine.PathOf(arguments[^1])])).ShouldEndWith(1).ShouldSay(says);
    }

    private static void NeedsFuse() =>
        Assert.SkipUnless(File.Exists("/dev/fuse") && (NativeLibrary.TryLoad("libfuse3.so.3", out _) || NativeLibrary.TryLoad("libfuse3.so.4", out _)), "This machine has no FUSE.");

    private async Task<Started> MountAsync(params string[] arguments)
    {
        Directory.CreateDirectory(Point);
        var mount = Machine.Start(Machine.Program, arguments);
        await Until.TrueAsync(() => mount.HasEnded || Directory.EnumerateFileSystemEntries(Point).Any(), Patience);
        if (mount.HasEnded)
            (await mount.EndAsync(Patience)).ShouldEndWith(0);
        return mount;
    }
}
