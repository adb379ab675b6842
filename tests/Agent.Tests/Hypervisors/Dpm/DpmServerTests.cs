using System.Globalization;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Dpm;
using BackupOnline.Agent.Hypervisors.PowerShell;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Dpm;

/// <summary>The driver with a shell script that speaks the same JSON lines. DPM itself was never run: these tests say nothing about its cmdlets.</summary>
public sealed class DpmServerTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Sources_points_and_alerts_are_read()
    {
        await using var server = Server(
            """{"count":2,"items":[{"id":"a","name":"\\Backup Using Child Partition Snapshot\\mail","group":null},{"id":"b","name":"web","group":"daily"}]}""",
            """{"count":1,"items":[{"id":"p","at":"2026-03-29T22:30:00.000Z"}]}""",
            """{"count":1,"items":[{"name":"ReplicaInInvalidState","text":"Le réplica n'est pas cohérent."}]}""");

        Assert.Equal([null, "daily"], (await server.SourcesAsync("host1", CancellationToken.None)).Select(one => one.Group));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 22, 30, 0, TimeSpan.Zero), Assert.Single(await server.RecoveryPointsAsync("b", CancellationToken.None)).At);
        var alert = Assert.Single(await server.AlertsAsync("b", CancellationToken.None));
        Assert.Equal((DpmAlertKind.ReplicaInvalid, "Le réplica n'est pas cohérent."), (alert.Kind, alert.Text));
        var calls = await File.ReadAllLinesAsync(_machine.PathOf("calls"));
        Assert.Equal("""{"id":1,"call":"sources","arguments":{"server":"dpm1","productionServer":"host1"}}""", calls[0]);
        Assert.Equal("""{"id":2,"call":"recoveryPoints","arguments":{"server":"dpm1","source":"b"}}""", calls[1]);
    }

    [Fact]
    public async Task A_server_without_points_has_none()
    {
        await using var server = Server("""{"count":0,"items":[]}""");

        Assert.Empty(await server.RecoveryPointsAsync("b", CancellationToken.None));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"count":2,"items":[{"id":"p","at":"2026-03-29T22:30:00.000Z"}]}""")]
    [InlineData("""{"count":1,"items":{"id":"p","at":"2026-03-29T22:30:00.000Z"}}""")]
    [InlineData("""{"count":1,"items":[{"at":"2026-03-29T22:30:00.000Z"}]}""")]
    [InlineData("""{"count":1,"items":[{"id":"p"}]}""")]
    [InlineData("""{"count":1,"items":[{"id":"p","at":"29/03/2026 22:30:00"}]}""")]
    [InlineData("""{"count":1,"items":[{"id":"p","at":"2026-03-29T22:30:00"}]}""")]
    public async Task An_answer_that_is_not_whole_is_an_error_and_not_an_empty_list(string answer)
    {
        await using var server = Server(answer);

        Assert.Equal("dpm-answer-partial", (await Assert.ThrowsAsync<HypervisorException>(() => server.RecoveryPointsAsync("b", CancellationToken.None))).Code);
    }

    [Fact]
    public async Task A_child_that_dies_is_an_error_and_the_next_call_starts_another()
    {
        await using var server = new DpmServer(Child("""
            read -r script
            if [ -e died ]; then read -r line; echo '{"id":2,"result":{"count":0,"items":[]}}'; read -r line; exit 0; fi
            touch died; echo 'Le module DataProtectionManager est introuvable.' >&2; exit 1
            """), "dpm1");

        var failed = await Assert.ThrowsAsync<HypervisorException>(() => server.AlertsAsync("b", CancellationToken.None));
        Assert.Equal("powershell-ended", failed.Code);
        Assert.Empty(await server.AlertsAsync("b", CancellationToken.None));
    }

    [Fact]
    public async Task Protection_is_asked_for_as_the_contract_owes_it_and_must_be_whole()
    {
        await using var server = Server("""{"members":2}""", """{"members":1}""");
        var protection = new DpmProtection("host1", "hot", ["a", "b"], DpmProtection.ContractDays, [new TimeOnly(2, 30)]);

        await server.ProtectAsync(protection, CancellationToken.None);
        Assert.Equal("dpm-answer-partial", (await Assert.ThrowsAsync<HypervisorException>(() => server.ProtectAsync(protection, CancellationToken.None))).Code);
        Assert.Equal("""{"id":1,"call":"protect","arguments":{"server":"dpm1","productionServer":"host1","group":"hot","days":30,"sources":["a","b"],"times":["02:30"]}}""",
            (await File.ReadAllLinesAsync(_machine.PathOf("calls")))[0]);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(30, 15, 1)]
    [InlineData(30, 1, 0)]
    public async Task What_DPM_cannot_keep_is_refused_before_it_is_asked(int days, int times, int machines)
    {
        await using var server = Server();
        var protection = new DpmProtection("host1", "hot", [.. Enumerable.Range(0, machines).Select(one => one.ToString(CultureInfo.InvariantCulture))], days, [.. Enumerable.Range(0, times).Select(hour => new TimeOnly(hour, 0))]);

        Assert.Equal("dpm-protection-impossible", (await Assert.ThrowsAsync<HypervisorException>(() => server.ProtectAsync(protection, CancellationToken.None))).Code);
        Assert.False(File.Exists(_machine.PathOf("calls")));
    }

    [Fact]
    public void Every_kind_of_alert_has_its_advice_and_an_unknown_name_is_shown()
    {
        Assert.Equal(Enum.GetValues<DpmAlertKind>().Length, Enum.GetValues<DpmAlertKind>().Select(DpmAlertNames.Advice).Distinct().Count());
        Assert.Equal(DpmAlertKind.Other, DpmAlertNames.Kind("Échec de la synchronisation"));
        Assert.Equal(DpmAlertKind.SynchronizationFailed, DpmAlertNames.Kind("SynchronizationFailed"));
    }

    [Fact]
    public void The_script_saves_a_group_last_and_keeps_only_active_points()
    {
        var script = EmbeddedScript.Read("dpm.ps1");

        Assert.True(script.IndexOf("Set-DPMProtectionGroup", StringComparison.Ordinal) > script.IndexOf("Set-DPMReplicaCreationMethod", StringComparison.Ordinal));
        Assert.Contains("-OnlyActive", script);
    }

    /// <summary>Answers calls in turn with these results.</summary>
    private DpmServer Server(params string[] results)
    {
        _machine.Write("results", string.Concat(results.Select((result, number) => $"{{\"id\":{number + 1},\"result\":{result}}}\n")));
        return new DpmServer(Child("read -r script; exec 3< results; while read -r line; do printf '%s\\n' \"$line\" >> calls; read -r answer <&3; printf '%s\\n' \"$answer\"; done"), "dpm1");
    }

    private PowerShellChild Child(string script) => new(["sh", _machine.Write("stand-in", $"cd '{_machine.Folder}'\n{script}\n")], "the script", TimeSpan.FromMinutes(2), TimeProvider.System);
}
