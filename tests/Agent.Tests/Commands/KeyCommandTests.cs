using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class KeyCommandTests : IDisposable
{
    private const string Second = "another long password";
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_second_password_is_added_listed_and_removed_and_restic_agrees()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("key", "add", "--new-password-file", _machine.Write("second", Second + "\n"), "--host", "h", "--user", "u")).ShouldEndWith(0);
        var ours = JsonDocument.Parse((await _machine.RunAsync("key", "list", "--json")).ShouldEndWith(0).Output).RootElement;
        var theirs = JsonDocument.Parse((await _machine.ResticAsync("-r", _machine.Repository, "key", "list", "--json")).ShouldEndWith(0).Output).RootElement;
        Assert.Equal(Rows(theirs), Rows(ours));
        Assert.Contains("h", (await _machine.RunAsync("key", "list")).ShouldEndWith(0).Output);

        var added = ours.EnumerateArray().Single(key => !key.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;
        (await _machine.With("RESTIC_PASSWORD", Second).RunProgramAsync("restic", ["--no-cache", "-r", _machine.Repository, "check"])).ShouldEndWith(0);
        (await _machine.RunAsync("key", "remove", added[..8])).ShouldEndWith(0);
        Assert.NotEqual(0, (await _machine.With("RESTIC_PASSWORD", Second).RunProgramAsync("restic", ["--no-cache", "-r", _machine.Repository, "check"])).ExitCode);
        (await _machine.ResticAsync("-r", _machine.Repository, "check")).ShouldEndWith(0);
    }

    [Fact]
    public async Task The_key_in_use_which_may_be_the_last_is_never_removed()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        var id = JsonDocument.Parse((await _machine.RunAsync("key", "list", "--json")).ShouldEndWith(0).Output).RootElement[0].GetProperty("id").GetString()!;
        (await _machine.RunAsync("key", "remove", id)).ShouldEndWith(1).ShouldSay("key passwd");
        (await _machine.RunAsync("key", "remove", "feedbeef")).ShouldEndWith(1).ShouldSay("feedbeef");
        (await _machine.RunAsync("snapshots")).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_changed_password_opens_and_the_old_one_does_not()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("key", "passwd", "--new-password-file", _machine.Write("second", Second))).ShouldEndWith(0);
        (await _machine.RunAsync("snapshots")).ShouldEndWith(12);
        (await _machine.With("BACKUPONLINE_PASSWORD_FILE", _machine.PathOf("second")).RunAsync("snapshots")).ShouldEndWith(0);
        (await _machine.With("RESTIC_PASSWORD", Second).RunProgramAsync("restic", ["--no-cache", "-r", _machine.Repository, "check"])).ShouldEndWith(0);
    }

    [Fact]
    public async Task Without_a_new_password_nothing_is_done()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("key", "add")).ShouldEndWith(1).ShouldSay("--new-password-file");
        (await _machine.RunAsync("key", "passwd", "--new-password-file", _machine.Write("empty", "\n"))).ShouldEndWith(1).ShouldSay("empty");
        (await _machine.RunAsync("key")).ShouldEndWith(1);
        (await _machine.RunAsync("snapshots")).ShouldEndWith(0);
    }

    private static IEnumerable<string> Rows(JsonElement keys) => keys.EnumerateArray()
        .Select(key => $"{key.GetProperty("current")} {key.GetProperty("id").GetString()![..8]} {key.GetProperty("userName")} {key.GetProperty("hostName")} {key.GetProperty("created")}").Order(StringComparer.Ordinal);
}
