using System.Formats.Tar;
using System.IO.Compression;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>Files and archives out of snapshots, compared with the source and with stock restic's.</summary>
public sealed class DumpCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task A_file_is_written_byte_for_byte()
    {
        await _both.FillAsync();
        foreach (var name in new[] { "large", "empty", "text/copy of readme.txt" })
        {
            (await Machine.RunAsync("dump", "latest", Path.Combine(Machine.Source, name), "--target", Machine.PathOf("out"))).ShouldEndWith(0);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Machine.Source, name)), await File.ReadAllBytesAsync(Machine.PathOf("out")));
        }

        Assert.Equal("it goes away", (await Machine.RunAsync("dump", _both.Ours, Path.Combine(Machine.Source, "gone/file"))).ShouldEndWith(0).Output);
        Assert.Equal("it is new", (await Machine.RunAsync("dump", $"latest:{Machine.Source}/new", "file")).ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task A_folder_is_a_tar_that_unpacks_to_the_same_folder()
    {
        await _both.FillAsync();
        (await Machine.RunAsync("dump", $"latest:{Machine.Source}", "/", "-t", Machine.PathOf("out.tar"))).ShouldEndWith(0);
        Directory.CreateDirectory(Machine.PathOf("unpacked"));
        (await Machine.RunProgramAsync("tar", ["-xpf", Machine.PathOf("out.tar"), "-C", Machine.PathOf("unpacked")])).ShouldEndWith(0);

        // The archive's times have 100 ns.
        async Task<string> ListAsync(string folder) => (await Machine.RunProgramAsync(
            "sh", ["-c", "cd \"$0\" && find . -mindepth 1 -printf '%P|%y|%m|%U|%G|%T@|%l\\n' | sed 's/\\(\\.[0-9]\\{7\\}\\)[0-9]*/\\1/' | LC_ALL=C sort && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum", folder])).Output;
        Assert.Equal(await ListAsync(Machine.Source), await ListAsync(Machine.PathOf("unpacked")));
    }

    [Fact]
    public async Task The_tar_has_the_entries_of_restics()
    {
        await _both.FillAsync();
        (await Machine.RunAsync("dump", "latest", Machine.Source, "-t", Machine.PathOf("ours.tar"))).ShouldEndWith(0);
        (await Machine.RunProgramAsync("sh", ["-c", $"restic --no-cache -r '{Machine.Repository}' dump latest '{Machine.Source}' > '{Machine.PathOf("theirs.tar")}'"])).ShouldEndWith(0);
        Assert.Equal(Entries(Machine.PathOf("theirs.tar")), Entries(Machine.PathOf("ours.tar")));
    }

    [Fact]
    public async Task A_folder_is_a_zip_on_demand()
    {
        await _both.FillAsync();
        (await Machine.RunAsync("dump", "--archive", "zip", "latest", Path.Combine(Machine.Source, "text"), "-t", Machine.PathOf("out.zip"))).ShouldEndWith(0);
        await using var zip = await ZipFile.OpenReadAsync(Machine.PathOf("out.zip"));
        var folder = Machine.Source.TrimStart('/') + "/text/";
        Assert.Equal(
            Directory.GetFiles(Path.Combine(Machine.Source, "text")).Select(path => folder + Path.GetFileName(path)).Order(StringComparer.Ordinal),
            zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        using var content = new StreamReader(zip.GetEntry(folder + "copy of readme.txt")!.Open());
        Assert.Equal(new string('a', 100_000), await content.ReadToEndAsync());
    }

    [Fact]
    public async Task What_cannot_be_dumped_is_named_and_nothing_is_written()
    {
        await _both.FillAsync();
        var missing = (await Machine.RunAsync("dump", "latest", "/not/there")).ShouldEndWith(1).ShouldSay("/not/there");
        Assert.Empty(missing.Output);
        (await Machine.RunAsync("dump", "latest", Path.Combine(Machine.Source, "link"))).ShouldEndWith(1).ShouldSay("link");
        (await Machine.RunAsync("dump", "--archive", "rar", "latest", "/")).ShouldEndWith(1).ShouldSay("rar", "zip");
        (await Machine.RunAsync("dump", "latest", "/", "-t", Machine.PathOf("no/such/folder/file"))).ShouldEndWith(1).ShouldSay("no/such/folder/file");
    }

    [Fact]
    public async Task A_damaged_part_ends_with_22_and_leaves_no_archive_that_looks_whole()
    {
        await _both.FillAsync();
        foreach (var pack in Directory.GetFiles(Path.Combine(Machine.Repository, "data"), "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 1 << 20))
        {
            File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await using var file = File.OpenWrite(pack);
            await file.WriteAsync(new byte[file.Length - 200_000]);
        }

        (await Machine.RunAsync("dump", "latest", Machine.Source, "-t", Machine.PathOf("out.tar"))).ShouldEndWith(22);
        Assert.NotEqual(0, (await Machine.RunProgramAsync("tar", ["-tf", Machine.PathOf("out.tar")])).ExitCode);
    }

    private static List<string> Entries(string tar)
    {
        using var file = File.OpenRead(tar);
        using var reader = new TarReader(file);
        var entries = new List<string>();
        while (reader.GetNextEntry() is { } entry)
            entries.Add($"{entry.Name.TrimEnd('/')}|{entry.EntryType}|{entry.Mode}|{entry.Uid}|{entry.Gid}|{entry.LinkName}|{entry.Length}");
        return entries;
    }
}
