using System.Net;
using System.Net.Sockets;

namespace BackupOnline.Silo.Tests.Processes;

/// <summary>A start that cannot succeed: exit code 1, one clear message, no stack trace, nothing left running.</summary>
public sealed class SiloRefusalTests : IDisposable
{
    private readonly SiloTestFolder _folder = new();

    [Theory]
    [InlineData("BACKUPONLINE_NODE", "No Name", "Use 2 to 40 characters")]
    [InlineData("BACKUPONLINE_CLUSTER", "0.0.0.0", "mutual TLS")]
    [InlineData("BACKUPONLINE_STORAGE", "0.0.0.0:18099", "BACKUPONLINE_TLS_CERT")]
    [InlineData("BACKUPONLINE_STORAGE_URL", "ftp://x/", "BACKUPONLINE_STORAGE_URL")]
    [InlineData("Contract__TimeZone", "Europe/Atlantis", "Contract__TimeZone is 'Europe/Atlantis'; it must be an IANA zone")]
    [InlineData("Contract__TriggerPercent", "100", "Contract__TriggerPercent is 100; it must be from 1 to 99")]
    [InlineData("BACKUPONLINE_DB", "Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d", "The database does not answer")]
    public Task A_wrong_setting_is_refused(string name, string value, string advice) => ShouldRefuseAsync(advice, (name, value));

    [Fact]
    public async Task A_busy_port_is_named()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();

        await ShouldRefuseAsync("in use", ("BACKUPONLINE_STORAGE", busy.LocalEndpoint.ToString()!));
    }

    [Fact]
    public async Task A_node_that_is_served_already_is_refused()
    {
        await using var first = SiloProcess.Start(_folder.Data);
        await first.ReadyAsync();

        await using var second = SiloProcess.Start(_folder.Data);
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("BACKUPONLINE_NODE", second.Said, StringComparison.Ordinal);
        await first.ReadyAsync();
    }

    public void Dispose() => _folder.Dispose();

    private async Task ShouldRefuseAsync(string advice, (string Name, string Value) setting)
    {
        await using var silo = SiloProcess.Start(_folder.Data, setting);

        Assert.Equal(1, await silo.ExitAsync());
        Assert.Contains(advice, silo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", silo.Said, StringComparison.Ordinal);
        Assert.Empty(_folder.Servers());
    }
}
