using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>From damage to a repository that restic finds whole, on repositories that restic wrote.</summary>
public sealed class RepairCommandTests : IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("repair index")]
    [InlineData("repair index --read-all-packs")]
    public async Task A_lost_index_is_made_anew(string line)
    {
        await FilledAsync();
        foreach (var file in Directory.GetFiles(_machine.PathOf("repository/index")))
            File.Delete(file);
        (await _machine.RunAsync("check")).ShouldEndWith(22);

        (await _machine.RunAsync(line.Split(' '))).ShouldEndWith(0);

        await _machine.ShouldBeSoundForResticAsync();
        Assert.Contains("nothing was changed", (await _machine.RunAsync("repair", "index")).ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task A_damaged_pack_is_saved_as_far_as_it_goes_and_the_snapshot_repaired()
    {
        await FilledAsync();
        var pack = Directory.GetFiles(_machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        var bytes = File.ReadAllBytes(pack);
        bytes[100] ^= 1;
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(pack, bytes);
        (await _machine.RunAsync("check", "--read-data")).ShouldEndWith(22);

        var packs = (await _machine.RunAsync("repair", "packs", Path.GetFileName(pack), "--json")).ShouldEndWith(0).Summary;
        Assert.Equal(1, packs.GetProperty("blobs_lost").GetInt64());
        Assert.True(packs.GetProperty("blobs_salvaged").GetInt64() > 0);
        Assert.Equal(bytes, File.ReadAllBytes(_machine.PathOf($"pack-{Path.GetFileName(pack)}")));
        var dryRun = (await _machine.RunAsync("repair", "snapshots", "--dry-run")).ShouldEndWith(0);
        Assert.Contains("lost pieces taken out: " + _machine.Source, dryRun.Output);
        Assert.Equal(1, (await _machine.RunAsync("repair", "snapshots", "--forget", "--json")).ShouldEndWith(0).Summary.GetProperty("snapshots_repaired").GetInt64());

        await _machine.ShouldBeSoundForResticAsync();
        (await _machine.ResticAsync("-r", _machine.Repository, "restore", "latest", "--target", _machine.PathOf("out"))).ShouldEndWith(0);
        Assert.Equal(20, Directory.GetFiles(_machine.PathOf("out") + _machine.Source, "*", SearchOption.AllDirectories).Length);
        Assert.Equal(0, (await _machine.RunAsync("repair", "snapshots", "--json")).ShouldEndWith(0).Summary.GetProperty("snapshots_repaired").GetInt64());
    }

    [Fact]
    public async Task What_is_no_pack_is_refused()
    {
        await FilledAsync();
        (await _machine.RunAsync("repair", "packs", "abc")).ShouldEndWith(1).ShouldSay("abc");
        (await _machine.RunAsync("repair", "packs")).ShouldEndWith(1);
        (await _machine.RunAsync("repair")).ShouldEndWith(1);
        await _machine.ShouldBeSoundForResticAsync();
    }

    private async Task FilledAsync()
    {
        _machine.WithSource();
        (await _machine.ResticAsync("-r", _machine.Repository, "init")).ShouldEndWith(0);
        (await _machine.ResticAsync("-r", _machine.Repository, "backup", _machine.Source)).ShouldEndWith(0);
    }
}
