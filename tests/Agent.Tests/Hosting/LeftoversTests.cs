using System.Runtime.InteropServices;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hosting;

/// <summary>A host that starts again where a run was killed, on a guest that runs.</summary>
public sealed class LeftoversTests(SharedGuest shared) : IClassFixture<SharedGuest>, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task What_a_killed_backup_left_in_a_machine_is_put_right_when_the_host_starts_before_any_job()
    {
        var guest = shared.Guest;
        await using var shelf = new TinyShelf();
        await using var door = new TinyServer(_ => new(200, "{}"));
        _machine.WithRepository(shelf.AddressWithSecret).With("BACKUPONLINE_HYPERVISOR", _machine.Write("hypervisor.toml", guest.HypervisorFile(_machine.PathOf("state"))));
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("vm", "backup", "guest")).ShouldEndWith(0);
        await using (var killed = _machine.Start(Machine.Program, ["vm", "backup", "guest", "--full"]))
        {
            await Until.TrueAsync(() => killed.HasEnded || Directory.EnumerateFiles(guest.Scratch, "*.nbd").Any(), s_patience);
            killed.Kill();
            (await killed.EndAsync(s_patience)).ShouldEndWith(137);
        }

        Assert.NotEmpty(Directory.EnumerateFiles(guest.Scratch));
        EnrolledHost.Write(_machine, door.Url, new Uri(shelf.Url, "acme/main/"), TinyShelf.Secret);
        await using (var host = _machine.Start(Machine.Program, ["host", "run"]))
        {
            await Until.TrueAsync(() => host.HasEnded || !Directory.EnumerateFiles(guest.Scratch).Any(), s_patience);
            host.Signal(PosixSignal.SIGTERM);
            (await host.EndAsync(s_patience)).ShouldEndWith(0);
        }

        await guest.ShouldRunAsync();
        Assert.Contains("incremental", (await _machine.RunAsync("vm", "backup", "guest", "--json")).ShouldEndWith(0).Output, StringComparison.Ordinal);
    }
}
