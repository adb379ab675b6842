using System.Net;
using System.Net.Sockets;

namespace BackupOnline.Client.Tests.Live;

public sealed class StartTests
{
    [Theory]
    [InlineData("BACKUPONLINE_HTTP", "0.0.0.0:0", "not a loopback address")]
    [InlineData("BACKUPONLINE_HTTP", "nonsense", "is not an address and a port")]
    [InlineData("BACKUPONLINE_TLS_CERT", "/nowhere.pem", "belong together")]
    [InlineData("BACKUPONLINE_DB", "nonsense", "not a PostgreSQL connection string")]
    [InlineData("BACKUPONLINE_HTTP", "192.0.2.1:1", "loopback")]
    public async Task Wrong_settings_end_in_a_sentence_and_exit_code_1(string name, string value, string sentence) =>
        await EndsWithAsync(new() { [name] = value }, sentence);

    [Fact]
    public async Task A_busy_port_ends_in_a_sentence_and_exit_code_1()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();

        await EndsWithAsync(new() { ["BACKUPONLINE_HTTP"] = busy.LocalEndpoint.ToString()! }, "in use by another program");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_ends_in_a_sentence_and_exit_code_1() =>
        await EndsWithAsync(new() { ["BACKUPONLINE_DATA"] = "/dev/null/data", ["BACKUPONLINE_HTTP"] = "127.0.0.1:0" }, "BACKUPONLINE_DATA");

    private static async Task EndsWithAsync(Dictionary<string, string> environment, string sentence)
    {
        using var folder = new TemporaryFolder();
        environment.TryAdd("BACKUPONLINE_DATA", Path.Combine(folder.Path, "data"));
        await using var door = LiveProcess.Start("Client", environment);

        Assert.Equal(1, await door.ExitAsync());
        Assert.Contains(sentence, door.Output, StringComparison.Ordinal);
        Assert.Contains("cannot start", door.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", door.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", door.Output, StringComparison.Ordinal);
    }
}
