using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Sources;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Sources;

public sealed class TargetListTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Lines_are_trimmed_comments_skipped_and_wildcards_expanded()
    {
        foreach (var name in new[] { "a/one.txt", "a/two.txt", "a/three.dat", "b/one.txt" })
            _machine.Write(name, name);
        var list = _machine.Write("list", $"# a comment\n\n  {_machine.PathOf("a/*.txt")}  \r\n{_machine.PathOf("[ab]/one.*")}\n{_machine.PathOf("nothing*")}\n{_machine.PathOf("missing")}\n");
        Assert.Equal(
            new[] { "a/one.txt", "a/two.txt", "a/one.txt", "b/one.txt", "missing" }.Select(_machine.PathOf),
            TargetList.FromPatterns(list).Select(path => path.ToString()));
    }

    [Fact]
    public void Verbatim_lines_keep_blanks_hashes_and_stars() =>
        Assert.Equal([" #x", "*"], TargetList.Verbatim(_machine.Write("list", " #x\n\n*\n")).Select(path => path.ToString()));

    [Fact]
    public void Raw_lists_take_names_of_any_bytes()
    {
        var list = _machine.PathOf("list");
        File.WriteAllBytes(list, [.. "/a\nb"u8, 0, .. "/\xff"u8, 0xfe, 0]);
        var paths = TargetList.Raw(list).ToList();
        Assert.Equal(2, paths.Count);
        Assert.Equal("/a\nb"u8.ToArray(), paths[0].Bytes.ToArray());
        Assert.Equal((byte)0xfe, paths[1].Bytes[^1]);
    }

    [Fact]
    public void A_list_that_is_not_there_is_named() =>
        Assert.Equal(ExitCode.Fatal, Assert.Throws<AgentStop>(() => TargetList.Verbatim(_machine.PathOf("none")).ToList()).Code);
}
