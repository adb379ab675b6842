using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>The verb as a user runs it, with stock restic as the judge.</summary>
public sealed class PruneCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_no_snapshot_needs_is_gone_whoever_wrote_it(bool byRestic)
    {
        await UntidyAsync(byRestic);
        var before = Bytes();
        var dryRun = (await _machine.RunAsync("prune", "--max-unused", "0", "--dry-run", "--json")).ShouldEndWith(0).Summary;
        Assert.Equal(before, Bytes());
        Assert.True(dryRun.GetProperty("packs_repacked").GetInt64() > 0);

        var done = (await _machine.RunAsync("prune", "--max-unused", "0", "--json")).ShouldEndWith(0).Summary;

        Assert.Equal(dryRun.GetProperty("packs_repacked").GetInt64(), done.GetProperty("packs_repacked").GetInt64());
        Assert.Equal(before - Bytes(), done.GetProperty("bytes_removed").GetInt64() - done.GetProperty("bytes_new").GetInt64());
        Assert.True(Bytes() < before * 3 / 4);
        await _machine.ShouldBeSoundForResticAsync();
        (await _machine.ResticAsync("-r", _machine.Repository, "restore", "latest", "--target", _machine.PathOf("out"))).ShouldEndWith(0);
        await _machine.ShouldBeEqualAsync(_machine.Source, _machine.PathOf("out") + _machine.Source);
        Assert.Contains("nothing to remove", (await _machine.RunAsync("prune", "--max-unused", "0")).ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_cleared_away_and_told()
    {
        _machine.WithSource();
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        var left = _machine.Write($"repository/data/ab/ab{new string('0', 62)}-tmp-0123456789abcdef", new string('x', 5 << 20));
        File.SetLastWriteTimeUtc(left, File.GetLastWriteTimeUtc(left).AddDays(-2));

        (await _machine.RunAsync("prune", "--dry-run")).ShouldEndWith(0);
        Assert.True(File.Exists(left));
        Assert.Contains("Removed 1 files (5.000 MiB) that writers which were killed had left.", (await _machine.RunAsync("prune")).ShouldEndWith(0).Output);
        Assert.False(File.Exists(left));
        Assert.Equal(0, (await _machine.RunAsync("prune", "--json")).ShouldEndWith(0).Summary.GetProperty("remnant_files").GetInt32());
    }

    [Fact]
    public async Task Limits_are_kept_and_what_is_unused_may_stay()
    {
        await UntidyAsync(byRestic: false);
        var before = Bytes();
        var noRepack = (await _machine.RunAsync("prune", "--max-repack-size", "0", "--json")).ShouldEndWith(0).Summary;
        Assert.Equal(0, noRepack.GetProperty("packs_repacked").GetInt64());
        Assert.Equal(before - Bytes(), noRepack.GetProperty("bytes_removed").GetInt64());
        (await _machine.RunAsync("prune", "--max-unused", "unlimited", "--repack-cacheable-only", "--repack-small")).ShouldEndWith(0);
        await _machine.ShouldBeSoundForResticAsync();
        (await _machine.RunAsync("prune", "--max-unused", "1.5%")).ShouldEndWith(0);
        Assert.True(Bytes() < before);
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task Alone_it_is_excluded_by_a_running_backup_and_with_a_grace_time_it_runs_beside_it()
    {
        await UntidyAsync(byRestic: false);
        var before = Packs();

        // restic, stopped in the middle of a backup, holds its shared lock.
        for (var number = 0; number < 200; number++)
            _machine.Write($"more/file{number}", new string((char)('a' + (number % 26)), 200_000) + number);
        await using (var restic = _machine.With("RESTIC_PASSWORD", Machine.Password).Start("restic", ["--no-cache", "-r", _machine.Repository, "backup", _machine.PathOf("more")]))
        {
            await Until.TrueAsync(() => restic.HasEnded || Directory.EnumerateFiles(_machine.PathOf("repository/locks")).Any(file => Path.GetFileName(file).Length == 64), Patience);
            restic.Pause();
            Assert.False(restic.HasEnded, "restic was too quick for this test.");
            (await _machine.RunAsync("prune")).ShouldEndWith(11).ShouldSay("--retry-lock");
            var beside = (await _machine.RunAsync("prune", "--grace", "24h", "--max-unused", "0", "--json")).ShouldEndWith(0).Summary;
            Assert.True(beside.GetProperty("packs_waiting").GetInt64() > 0);
            Assert.Equal(0, beside.GetProperty("packs_removed").GetInt64());
            Assert.Empty(before.Except(Packs()));
            restic.Resume();
            (await restic.EndAsync(Patience)).ShouldEndWith(0);
        }

        await _machine.ShouldBeSoundForResticAsync();
        (await _machine.RunAsync("prune", "--max-unused", "0")).ShouldEndWith(0);
        Assert.NotEmpty(before.Except(Packs()));
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task Marks_whose_grace_time_is_over_are_removed_by_the_next_run()
    {
        await UntidyAsync(byRestic: false);
        var before = Packs();
        (await _machine.RunAsync("prune", "--grace", "1ms", "--max-unused", "0")).ShouldEndWith(0);
        Assert.Empty(before.Except(Packs()));
        (await _machine.RunAsync("prune", "--grace", "24h", "--max-unused", "0")).ShouldEndWith(0);
        Assert.Empty(before.Except(Packs()));
        (await _machine.RunAsync("prune", "--grace", "1ms", "--max-unused", "0")).ShouldEndWith(0);
        Assert.NotEmpty(before.Except(Packs()));
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task Two_at_once_leave_it_sound()
    {
        await UntidyAsync(byRestic: false);
        var both = await Task.WhenAll(_machine.RunAsync("prune", "--max-unused", "0"), _machine.RunAsync("prune", "--max-unused", "0"));
        Assert.All(both, ended => Assert.True(ended.ExitCode is 0 or 11, ended.Error));
        (await _machine.RunAsync("prune", "--max-unused", "0")).ShouldEndWith(0);
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task The_last_resort_wants_the_id_of_the_repository()
    {
        await UntidyAsync(byRestic: false);
        var id = JsonDocument.Parse((await _machine.ResticAsync("-r", _machine.Repository, "cat", "config")).ShouldEndWith(0).Output).RootElement.GetProperty("id").GetString()!;
        (await _machine.RunAsync("prune", "--unsafe-recover-no-free-space", "SOME-ID")).ShouldEndWith(1).ShouldSay(id, "--max-repack-size 0");
        (await _machine.RunAsync("prune", "--unsafe-recover-no-free-space", id)).ShouldEndWith(0);
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task A_damaged_snapshot_stops_it_with_22()
    {
        await UntidyAsync(byRestic: false);
        var snapshot = Directory.GetFiles(_machine.PathOf("repository/snapshots"))[0];
        File.SetUnixFileMode(snapshot, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(snapshot);
        bytes[40] ^= 1;
        File.WriteAllBytes(snapshot, bytes);
        var before = Packs();
        (await _machine.RunAsync("prune")).ShouldEndWith(22).ShouldSay(Path.GetFileName(snapshot));
        Assert.Equal(before, Packs());
    }

    [Theory]
    [InlineData("--max-unused", "much", "unlimited")]
    [InlineData("--max-unused", "100%", "below 100%")]
    [InlineData("--max-repack-size", "-1", "500K")]
    [InlineData("--grace", "soon", "1h30m")]
    public async Task A_wrong_value_is_named_with_what_would_be_right(string flag, string value, string advice)
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("prune", flag, value)).ShouldEndWith(1).ShouldSay(flag, value, advice);
    }

    /// <summary>Two snapshots of which the first is removed; each pack holds some that stays and some that goes.</summary>
    private async Task UntidyAsync(bool byRestic)
    {
        _machine.WithSource(files: 60, bytesEach: 60_000);
        async Task RunAsync(params string[] arguments) =>
            (byRestic ? await _machine.ResticAsync(["-r", _machine.Repository, .. arguments]) : await _machine.RunAsync(arguments)).ShouldEndWith(0);
        await RunAsync(byRestic ? ["init"] : ["init", "--yes"]);
        await RunAsync("backup", _machine.Source);
        for (var number = 0; number < 60; number += 2)
            File.Delete(Path.Combine(_machine.Source, $"folder{number % 5}", $"file{number}"));
        await RunAsync("backup", _machine.Source);
        (await _machine.RunAsync("forget", "--keep-last", "1")).ShouldEndWith(0);
    }

    private long Bytes() => Directory.GetFiles(_machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private List<string> Packs() => [.. Directory.GetFiles(_machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
