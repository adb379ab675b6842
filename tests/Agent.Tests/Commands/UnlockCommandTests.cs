using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class UnlockCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_living_lock_stays_and_goes_only_with_all_a_dead_one_goes()
    {
        _machine.WithSource(files: 200, bytesEach: 200_000);
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        await using (var restic = _machine.With("RESTIC_PASSWORD", Machine.Password).Start("restic", ["--no-cache", "-r", _machine.Repository, "check", "--read-data"]))
        {
            await Until.TrueAsync(() => restic.HasEnded || Locks() > 0, Patience);
            restic.Pause();
            Assert.False(restic.HasEnded, "restic was too quick for this test.");
            Assert.Contains("0 locks", (await _machine.RunAsync("unlock")).ShouldEndWith(0).Output);
            Assert.Equal(1, Locks());
            restic.Kill();
            await restic.EndAsync(Patience);
        }

        Assert.Equal(1, (await _machine.RunAsync("unlock", "--json")).ShouldEndWith(0).Summary.GetProperty("locks_removed").GetInt32());
        Assert.Equal(0, Locks());
    }

    [Fact]
    public async Task All_locks_go_on_demand_one_that_cannot_be_read_too()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        _machine.Write($"repository/locks/{new string('a', 64)}", "not a lock");
        (await _machine.RunAsync("unlock")).ShouldEndWith(0);
        Assert.Equal(1, Locks());
        (await _machine.RunAsync("unlock", "--remove-all")).ShouldEndWith(0);
        Assert.Equal(0, Locks());
    }

    private int Locks() => Directory.EnumerateFiles(_machine.PathOf("repository/locks")).Count(file => Path.GetFileName(file).Length == 64);
}
