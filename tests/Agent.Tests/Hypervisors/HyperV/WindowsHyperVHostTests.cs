using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.HyperV.Windows;
using BackupOnline.Agent.Hypervisors.PowerShell;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>How answers of the script are read, from a shell script in its place. The script itself was never run.</summary>
public sealed class WindowsHyperVHostTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Machines_services_and_disks_are_read()
    {
        await using var host = Host(
            """[{"id":"A","name":"Courrier é","enabledState":2,"operationalStatus":[2,32768]},{"id":"B","name":"web","enabledState":3,"operationalStatus":[2]}]""",
            """{"backup":{"enabledState":2,"status":12}}""",
            """{"id":"Microsoft:A","version":"9.0"}""",
            """[{"id":"Microsoft:A\\SCSI\\0\\0\\D","resourceType":31,"subType":"Microsoft:Hyper-V:Virtual Hard Disk","path":"D:\\vm\\a.vhdx","reservations":false},{"id":"Microsoft:A\\SCSI\\0\\1\\D","resourceType":31,"subType":"Microsoft:Hyper-V:Virtual Hard Disk","path":"E:\\shared.vhdx","reservations":true}]""");

        var systems = await host.SystemsAsync(CancellationToken.None);
        Assert.Equal([("A", "Courrier é", true), ("B", "web", false)], systems.Select(system => (system.Id, system.Name, system.IsBusy)));
        var components = await host.ComponentsAsync("A", CancellationToken.None);
        Assert.Equal((12, null), (components.Backup!.Status, components.Heartbeat));
        Assert.Equal(new HyperVSettings("Microsoft:A", "9.0"), await host.SettingsAsync("A", CancellationToken.None));
        var storage = await host.StorageAsync("Microsoft:A", CancellationToken.None);
        Assert.Equal([("SCSI\\0\\0\\D", "D:\\vm\\a.vhdx", false), ("SCSI\\0\\1\\D", "E:\\shared.vhdx", true)], storage.Select(one => (one.Place, one.Path!, one.IsShared)));
        Assert.All(storage, one => Assert.True(one.IsHardDisk));
    }

    [Fact]
    public async Task A_property_that_is_missing_or_null_stays_null()
    {
        await using var host = Host(
            """{"returnValue":0,"job":null,"processed":1048576,"offsets":null}""",
            """{"returnValue":0,"job":null,"processed":1048576,"offsets":[],"lengths":[]}""",
            """[{"id":"P","type":2,"disks":["{1}"],"tracking":null}]""",
            "null",
            """{"job":"J"}""");

        var changes = await host.ChangesAsync("D:\\a.vhdx", "rct", 0, 4096, CancellationToken.None);
        Assert.Equal((1048576L, true, true), (changes.Processed!.Value, changes.Offsets is null, changes.Lengths is null));
        Assert.Empty((await host.ChangesAsync("D:\\a.vhdx", "rct", 4096, 4096, CancellationToken.None)).Offsets!);
        Assert.Null(Assert.Single(await host.ReferencePointsAsync("A", CancellationToken.None)).Tracking);
        Assert.Null(await host.JobAsync("J", CancellationToken.None));
        // An answer without a return value is a failure.
        Assert.Equal(new HyperVReply(32768, "J"), await host.DestroySnapshotAsync("S", CancellationToken.None));
        Assert.Equal("""{"id":1,"call":"changes","arguments":{"key":"D:\\a.vhdx","since":"rct","offset":0,"length":4096}}""", (await File.ReadAllLinesAsync(_machine.PathOf("calls")))[0]);
    }

    /// <summary>Each member of the seam has its call in the script.</summary>
    [Fact]
    public void The_script_knows_every_call()
    {
        var script = EmbeddedScript.Read("hyperv.ps1");

        Assert.All(
            ["systems", "components", "settings", "snapshots", "storage", "configuration", "referencePoints", "createSnapshot", "destroySnapshot", "convertToReferencePoint", "destroyReferencePoint", "job",
                "jobResult", "changes", "import", "rename", "moveStorage", "removeStorage", "disconnectNetwork", "validate", "realize", "destroyPlanned"],
            call => Assert.Contains($"    {call} = {{ param($a)", script));
    }

    private WindowsHyperVHost Host(params string[] results)
    {
        _machine.Write("results", string.Concat(results.Select((result, number) => $"{{\"id\":{number + 1},\"result\":{result}}}\n")));
        var script = _machine.Write("stand-in", $"cd '{_machine.Folder}'\nread -r script; exec 3< results; while read -r line; do printf '%s\\n' \"$line\" >> calls; read -r answer <&3; printf '%s\\n' \"$answer\"; done\n");
        return new WindowsHyperVHost(new PowerShellChild(["sh", script], "the script", TimeSpan.FromMinutes(2), TimeProvider.System));
    }
}
