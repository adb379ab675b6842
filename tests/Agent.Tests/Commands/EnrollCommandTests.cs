using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class EnrollCommandTests : IDisposable
{
    private const string Code = "boe_acme_office_0123456789abcdef";
    private const string HostSecret = "boh_acme_office_TopSecretOfTheHost";
    private const string ShelfSecret = "TopSecretOfTheShelf";

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    private static TinyServer.Answer Accept(Uri shelf) => new(201,
        $$$"""{"tenant":"acme","host":"office","vault":"main","key":"{{{HostSecret}}}","url":"{{{shelf}}}acme/main/","credential":{"keyId":"k1","secret":"{{{ShelfSecret}}}"}}""");

    [Fact]
    public async Task A_code_from_a_file_enrols_and_the_configuration_is_for_its_owner_alone()
    {
        await using var door = new TinyServer(_ => Accept(new Uri("http://127.0.0.1:9/")));
        var ended = await _machine.RunAsync("enroll", "--server", door.Url.ToString(), "--code-file", _machine.Write("code", Code + "\n"));

        ended.ShouldEndWith(0);
        Assert.Contains("acme/office", ended.Output);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_machine.Configuration));
        var written = JsonDocument.Parse(File.ReadAllText(_machine.Configuration)).RootElement;
        Assert.Equal(32, Convert.FromBase64String(written.GetProperty("publicKey").GetString()!).Length);
        Assert.Equal(32, Convert.FromBase64String(written.GetProperty("privateKey").GetString()!).Length);
        Assert.Equal(HostSecret, written.GetProperty("key").GetString());
        var sent = JsonDocument.Parse(Assert.Single(door.To("/api/v1/enrolments")).Text).RootElement;
        Assert.Equal(Code, sent.GetProperty("code").GetString());
        Assert.Equal(written.GetProperty("publicKey").GetString(), sent.GetProperty("publicKey").GetString());
        Assert.DoesNotContain(written.GetProperty("privateKey").GetString()!, door.To("/api/v1/enrolments").Single().Text);
        Assert.NotEmpty(sent.GetProperty("capabilities").EnumerateArray());
        foreach (var secret in new[] { Code, HostSecret, ShelfSecret, written.GetProperty("privateKey").GetString()! })
            Assert.DoesNotContain(secret, ended.Output + ended.Error);
    }

    [Fact]
    public async Task A_lost_answer_is_repeated_with_the_same_keys()
    {
        var tries = 0;
        await using var door = new TinyServer(_ => Interlocked.Increment(ref tries) == 1 ? new TinyServer.Answer(0, "", Cut: true) : Accept(new Uri("http://127.0.0.1:9/")));
        _machine.With("BACKUPONLINE_CODE", Code);
        (await _machine.RunAsync("enroll", "--server", door.Url.ToString())).ShouldEndWith(24).ShouldSay("same code");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_machine.Configuration));
        (await _machine.RunAsync("snapshots")).ShouldEndWith(1).ShouldSay("not enrolled");
        (await _machine.RunAsync("enroll", "--server", door.Url.ToString())).ShouldEndWith(0);

        var asked = door.To("/api/v1/enrolments").ToList();
        Assert.True(asked.Count >= 2);
        Assert.All(asked, one => Assert.Equal(asked[0].Text, one.Text));
        Assert.All(asked, one => Assert.Equal(asked[0].IdempotencyKey, one.IdempotencyKey));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_machine.Configuration)!));
    }

    [Fact]
    public async Task A_refused_code_says_why_and_what_to_do()
    {
        await using var door = new TinyServer(_ => new TinyServer.Answer(403, """{"status":403,"code":"enrolment-code-expired","title":"Expired","detail":"The code is older than 15 minutes."}"""));
        var ended = await _machine.With("BACKUPONLINE_CODE", Code).RunAsync("enroll", "--server", door.Url.ToString(), "--json");
        ended.ShouldEndWith(23).ShouldSay("older than 15 minutes", "enrolment-code-expired", "ask for a new one");
        Assert.Equal(23, ended.ExitError.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task An_enrolled_machine_is_not_enrolled_over()
    {
        await using var door = new TinyServer(_ => Accept(new Uri("http://127.0.0.1:9/")));
        _machine.With("BACKUPONLINE_CODE", Code);
        (await _machine.RunAsync("enroll", "--server", door.Url.ToString())).ShouldEndWith(0);
        var before = File.ReadAllText(_machine.Configuration);
        (await _machine.RunAsync("enroll", "--server", door.Url.ToString())).ShouldEndWith(1).ShouldSay("already", "acme/office");
        Assert.Equal(before, File.ReadAllText(_machine.Configuration));
        Assert.Single(door.Requests);
    }

    [Theory]
    [InlineData("http://backup.example.com/")]
    [InlineData("http://10.0.0.1:8080")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("backup.example.com")]
    public async Task A_server_without_encryption_is_refused_before_anything_is_sent_or_written(string server)
    {
        (await _machine.With("BACKUPONLINE_CODE", Code).RunAsync("enroll", "--server", server)).ShouldEndWith(1).ShouldSay("https://");
        Assert.False(File.Exists(_machine.Configuration));
    }

    [Fact]
    public async Task A_shelf_without_encryption_elsewhere_is_refused_although_the_door_names_it()
    {
        await using var door = new TinyServer(_ => Accept(new Uri("http://shelf.example.com/")));
        (await _machine.With("BACKUPONLINE_CODE", Code).RunAsync("enroll", "--server", door.Url.ToString())).ShouldEndWith(1).ShouldSay("https://");
    }

    [Theory]
    [InlineData("not a code")]
    [InlineData("")]
    public async Task What_is_no_code_is_not_sent(string code)
    {
        await using var door = new TinyServer(_ => Accept(new Uri("http://127.0.0.1:9/")));
        (await _machine.RunAsync("enroll", "--server", door.Url.ToString(), "--code-file", _machine.Write("code", code))).ShouldEndWith(1).ShouldSay("boe_");
        Assert.Empty(door.Requests);
    }

    [Fact]
    public async Task A_code_comes_from_a_command_too()
    {
        await using var door = new TinyServer(_ => Accept(new Uri("http://127.0.0.1:9/")));
        var file = _machine.Write("with space/code", Code + "\n");
        (await _machine.RunAsync("enroll", "--server", door.Url.ToString(), "--code-command", $"cat '{file}'")).ShouldEndWith(0);
        Assert.Contains(Code, door.Requests.Single().Text);
    }

    [Fact]
    public async Task A_server_that_is_no_door_is_named()
    {
        await using var other = new TinyServer(_ => new TinyServer.Answer(200, "<html>hello</html>"));
        (await _machine.With("BACKUPONLINE_CODE", Code).RunAsync("enroll", "--server", other.Url.ToString())).ShouldEndWith(1).ShouldSay("--server", other.Url.ToString());
    }

    [Fact]
    public async Task BACKUPONLINE_CONFIG_names_another_file()
    {
        await using var door = new TinyServer(_ => Accept(new Uri("http://127.0.0.1:9/")));
        var file = _machine.PathOf("elsewhere/mine.json");
        (await _machine.With("BACKUPONLINE_CODE", Code).With("BACKUPONLINE_CONFIG", file).RunAsync("enroll", "--server", door.Url.ToString())).ShouldEndWith(0);
        Assert.True(File.Exists(file));
        Assert.False(File.Exists(_machine.Configuration));
    }
}
