using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>The verbs on machines as a person uses them, on a guest that runs.</summary>
public sealed class VmCommandTests(SharedGuest shared) : IClassFixture<SharedGuest>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_running_machine_is_listed_backed_up_twice_and_made_anew_and_stock_restic_agrees()
    {
        await PrepareAsync();
        var listed = (await _machine.RunAsync("vm", "list")).ShouldEndWith(0);
        Assert.Contains(shared.Guest.Id, listed.Output);
        Assert.Contains("running", listed.Output);

        var full = Assert.Single((await _machine.RunAsync("vm", "backup", "guest", "--json")).ShouldEndWith(0).Lines("point"));
        Assert.All(full.GetProperty("point").GetProperty("disks").EnumerateArray(), disk => Assert.Equal(("full", "first"), (disk.GetProperty("basis").GetString(), disk.GetProperty("reason").GetString())));
        await shared.Guest.FillAsync(20, 2);
        var next = Assert.Single((await _machine.RunAsync("vm", "backup", shared.Guest.Id, "--json")).ShouldEndWith(0).Lines("point"));
        Assert.All(next.GetProperty("point").GetProperty("disks").EnumerateArray(), disk => Assert.Equal("incremental", disk.GetProperty("basis").GetString()));
        Assert.Equal("application", next.GetProperty("point").GetProperty("consistency").GetString());

        var points = (await _machine.RunAsync("vm", "points", "--machine", "guest")).ShouldEndWith(0);
        Assert.Contains(full.GetProperty("snapshot_id").GetString()![..8], points.Output);
        Assert.Contains(next.GetProperty("snapshot_id").GetString()![..8], points.Output);
        Assert.DoesNotContain(full.GetProperty("snapshot_id").GetString()![..8], (await _machine.RunAsync("vm", "points", "--machine", "other")).ShouldEndWith(0).Output);

        await _machine.ShouldBeSoundForResticAsync();
        var restored = Assert.Single((await _machine.RunAsync(
            "vm", "restore", "latest", "--machine", "guest", "--name", "anew", "--target", _machine.PathOf("machines"), "--format", "raw", "--json")).ShouldEndWith(0).Lines("restored"));
        (await _machine.ResticAsync("-r", _machine.Repository, "restore", next.GetProperty("snapshot_id").GetString()!, "--target", _machine.PathOf("by-restic"))).ShouldEndWith(0);
        var disks = next.GetProperty("point").GetProperty("disks").EnumerateArray().ToList();
        Assert.Equal(2, disks.Count);
        foreach (var (number, disk) in disks.Index())
        {
            (await _machine.RunProgramAsync("cmp", [_machine.PathOf($"machines/anew/disk{number + 1}.raw"), _machine.PathOf($"by-restic/guest/{disk.GetProperty("file").GetString()}")])).ShouldEndWith(0);
        }

        Assert.StartsWith(_machine.PathOf("machines"), restored.GetProperty("where").GetString());
        (await _machine.RunAsync("vm", "restore", "latest", "--name", "anew", "--target", _machine.PathOf("machines"), "--format", "raw")).ShouldEndWith(1).ShouldSay("anew");
        await shared.Guest.ShouldRunAsync();
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_with_what_to_do()
    {
        (await _machine.RunAsync("vm", "list")).ShouldEndWith(1).ShouldSay("hypervisor.toml");
        (await _machine.RunAsync("vm", "list", "--hypervisor", _machine.PathOf("none"))).ShouldEndWith(1).ShouldSay("none");
        var odd = _machine.Write("odd.toml", "state_folder = \"x\"\n[host]\ndriver = \"vmware\"\n");
        (await _machine.RunAsync("vm", "list", "--hypervisor", odd)).ShouldEndWith(1).ShouldSay("vmware", "qemu");
        var unknown = _machine.Write("unknown.toml", "state_folder = \"x\"\n[host]\nscrtch = \"y\"\n");
        (await _machine.RunAsync("vm", "list", "--hypervisor", unknown)).ShouldEndWith(1).ShouldSay("host.scrtch", "scratch");

        await PrepareAsync();
        (await _machine.RunAsync("vm", "backup", "nobody")).ShouldEndWith(1).ShouldSay("nobody", "vm list");
        (await _machine.RunAsync("vm", "backup", "guest", "--consistency", "perfect")).ShouldEndWith(1).ShouldSay("perfect");
        (await _machine.RunAsync("vm", "restore", "latest", "--target", _machine.PathOf("x"))).ShouldEndWith(1).ShouldSay("point");
        (await _machine.RunAsync("vm", "restore", "latest", "--target", _machine.PathOf("x"), "--format", "vmdk")).ShouldEndWith(1).ShouldSay("vmdk", "qcow2");
        _machine.WithSource();
        var plain = (await _machine.RunAsync("backup", "--json", _machine.Source)).ShouldEndWith(0).Summary.GetProperty("snapshot_id").GetString()!;
        (await _machine.RunAsync("vm", "restore", plain, "--target", _machine.PathOf("x"))).ShouldEndWith(22).ShouldSay(plain[..8]);
        (await _machine.RunAsync("host", "run")).ShouldEndWith(1).ShouldSay("enroll");
        Assert.False(Directory.Exists(_machine.PathOf("x")));
    }

    [Fact]
    public async Task A_backup_that_is_killed_while_the_guest_freezes_leaves_it_thawed()
    {
        var guest = shared.Guest;
        await PrepareAsync();
        await guest.AskAsync("t hook-slow");
        try
        {
            await using var backup = _machine.Start(Machine.Program, ["vm", "backup", "guest"]);
            await Until.TrueAsync(() => backup.HasEnded || IsGuarded(guest), Patience);

            // The freeze is sent at once; its hook takes 8 s, so that the guest freezes when nobody is there any more.
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            backup.Kill();

            // The error stream ends with the guard.
            (await backup.EndAsync(Patience)).ShouldEndWith(137).ShouldSay(guest.Agent, "thawed");
        }
        finally
        {
            await guest.AskAsync("r hook-slow");
        }

        using (var agent = await GuestAgent.ConnectAsync(guest.Agent, TimeProvider.System, CancellationToken.None))
            Assert.Equal("thawed", (await agent.ExecuteAsync("guest-fsfreeze-status", null, Patience, CancellationToken.None)).GetString());
        await guest.WriteOnAsync(20);
        Assert.False(IsGuarded(guest));
        (await _machine.RunAsync("host", "thaw")).ShouldEndWith(0);
        (await _machine.RunAsync("vm", "backup", "guest")).ShouldEndWith(0);
        Assert.False(IsGuarded(guest));
        await guest.ShouldRunAsync();
    }

    [Fact]
    public async Task A_backup_that_is_killed_while_it_reads_leaves_a_guest_that_runs_and_the_next_one_puts_everything_right()
    {
        var guest = shared.Guest;
        await PrepareAsync();
        (await _machine.RunAsync("vm", "backup", "guest")).ShouldEndWith(0);
        await guest.FillAsync(24, 4);
        await using (var backup = _machine.Start(Machine.Program, ["vm", "backup", "guest", "--full"]))
        {
            // Its export is open as soon as the socket is there.
            await Until.TrueAsync(() => backup.HasEnded || Directory.EnumerateFiles(guest.Scratch, "*.nbd").Any(), Patience);
            backup.Kill();
            (await backup.EndAsync(Patience)).ShouldEndWith(137);
        }

        await guest.WriteOnAsync(20);
        Assert.NotEmpty(Directory.EnumerateFiles(guest.Scratch));
        var next = Assert.Single((await _machine.RunAsync("vm", "backup", "guest", "--json")).ShouldEndWith(0).Lines("point"));
        Assert.NotEmpty(next.GetProperty("put_right").EnumerateArray());
        Assert.All(next.GetProperty("point").GetProperty("disks").EnumerateArray(), disk => Assert.Equal("incremental", disk.GetProperty("basis").GetString()));
        await guest.ShouldRunAsync();
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task A_frozen_guest_is_thawed_by_hand()
    {
        var guest = shared.Guest;
        await PrepareAsync();
        using (var agent = await GuestAgent.ConnectAsync(guest.Agent, TimeProvider.System, CancellationToken.None))
            Assert.Equal(1, (await agent.ExecuteAsync("guest-fsfreeze-freeze", null, Patience, CancellationToken.None)).GetInt32());

        Assert.Contains("guest was frozen", (await _machine.RunAsync("host", "thaw")).ShouldEndWith(0).Output);

        await guest.WriteOnAsync(20);
    }

    [Fact]
    public async Task A_guest_whose_agent_is_silent_is_said_to_be_of_unknown_state()
    {
        await PrepareAsync();
        Assert.Equal("done", await shared.Guest.AskAsync("h"));
        try
        {
            (await _machine.RunAsync("host", "thaw")).ShouldEndWith(3).ShouldSay("guest", "fsfreeze -u");
        }
        finally
        {
            await shared.Guest.AskAsync("c");
        }
    }

    private static bool IsGuarded(Guest guest) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")) is var line && line.Contains("thaw-guard", StringComparison.Ordinal) && line.Contains(guest.Agent, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private async Task PrepareAsync()
    {
        _machine.With("BACKUPONLINE_HYPERVISOR", _machine.Write("hypervisor.toml", shared.Guest.HypervisorFile(_machine.PathOf("state"))));
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
    }
}
