using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class RestoreCommandTests : IDisposable
{
    private static readonly DateTime s_old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime s_new = new(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Machine _machine = new Machine().WithRepository();

    private string Out => _machine.PathOf("out");

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("always", "snapshot", "snapshot", "snapshot", 0)]
    [InlineData("if-changed", "snapshot", "snapshot", "altered!", 1)]
    [InlineData("if-newer", "snapshot", "there", "altered!", 2)]
    [InlineData("never", "there", "there", "altered!", 3)]
    public async Task Files_that_are_there_are_treated_as_asked_for(string mode, string older, string newer, string same, int skipped)
    {
        await FillAsync();
        Write("older", "there", s_old);
        Write("newer", "there", s_new);
        Write("same", "altered!", s_old);
        (await _machine.RunProgramAsync("touch", ["-r", Path.Combine(_machine.Source, "same"), Path.Combine(Out, "same")])).ShouldEndWith(0);
        File.Delete(Path.Combine(Out, "missing"));

        var ended = (await _machine.RunAsync("restore", $"latest:{_machine.Source}", "--target", Out, "--overwrite", mode, "--json")).ShouldEndWith(0);
        Assert.Equal((older, newer, same, "snapshot"), (Read("older"), Read("newer"), Read("same"), Read("missing")));
        Assert.Equal(skipped, ended.Summary.TryGetProperty("files_skipped", out var count) ? count.GetInt32() : 0);
        Assert.Equal(4, ended.Summary.GetProperty("total_files").GetInt32());
        Assert.Equal(4 - skipped, ended.Summary.GetProperty("files_restored").GetInt32());
    }

    [Fact]
    public async Task Restored_files_are_read_again_on_demand()
    {
        await FillAsync();
        var ended = (await _machine.RunAsync("restore", $"latest:{_machine.Source}", "--target", _machine.PathOf("fresh"), "--verify")).ShouldEndWith(0);
        Assert.Contains("4 files were read again", ended.Output);
        await ShouldHoldTheSameAsync(_machine.PathOf("fresh"));
    }

    [Fact]
    public async Task What_the_snapshot_does_not_have_is_removed_on_demand_alone()
    {
        await FillAsync();
        Write("extra", "x", s_old);
        Directory.CreateDirectory(Path.Combine(Out, "extra folder/deep"));
        Write("extra folder/deep/file", "x", s_old);
        _machine.Write("outside/file", "stays");
        Directory.CreateSymbolicLink(Path.Combine(Out, "extra link"), _machine.PathOf("outside"));

        (await _machine.RunAsync("restore", $"latest:{_machine.Source}", "--target", Out)).ShouldEndWith(0);
        Assert.True(File.Exists(Path.Combine(Out, "extra")));
        (await _machine.RunAsync("restore", $"latest:{_machine.Source}", "--target", Out, "--delete", "--exclude", "extra")).ShouldEndWith(0);
        Assert.True(File.Exists(Path.Combine(Out, "extra")));
        Assert.False(Path.Exists(Path.Combine(Out, "extra folder")));
        var ended = (await _machine.RunAsync("restore", $"latest:{_machine.Source}", "--target", Out, "--delete", "--json")).ShouldEndWith(0);
        Assert.Equal(1, ended.Summary.GetProperty("files_deleted").GetInt32());
        await ShouldHoldTheSameAsync(Out);
        Assert.Equal("stays", await File.ReadAllTextAsync(_machine.PathOf("outside/file")));
    }

    [Fact]
    public async Task To_delete_on_the_whole_machine_is_refused()
    {
        await FillAsync();
        (await _machine.RunAsync("restore", "latest", "--target", "/", "--delete")).ShouldEndWith(1).ShouldSay("--include");
        (await _machine.RunAsync("restore", "latest", "--target", Out, "--overwrite", "perhaps")).ShouldEndWith(1).ShouldSay("perhaps", "if-newer");
    }

    [Fact]
    public async Task A_folder_of_a_snapshot_is_listed_without_what_is_above_it()
    {
        await FillAsync();
        Assert.Equal(["/missing", "/newer", "/older", "/same"], (await _machine.RunAsync("ls", "-q", $"latest:{_machine.Source}")).ShouldEndWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        (await _machine.RunAsync("ls", "latest:/nowhere")).ShouldEndWith(1).ShouldSay("/nowhere");
    }

    // The target itself is the user's: only what is in it is restored.
    private async Task ShouldHoldTheSameAsync(string folder)
    {
        async Task<string> ListAsync(string listed) =>
            (await _machine.RunProgramAsync("sh", ["-c", "cd \"$0\" && find . -mindepth 1 -printf '%P|%y|%m|%U|%G|%T@|%l\\n' | LC_ALL=C sort && cat *", listed])).ShouldEndWith(0).Output;
        Assert.Equal(await ListAsync(_machine.Source), await ListAsync(folder));
    }

    private async Task FillAsync()
    {
        foreach (var name in new[] { "older", "newer", "same", "missing" })
            _machine.Write("source/" + name, "snapshot");
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        (await _machine.RunAsync("restore", $"latest:{_machine.Source}", "--target", Out)).ShouldEndWith(0);
    }

    private void Write(string name, string text, DateTime modified)
    {
        File.WriteAllText(Path.Combine(Out, name), text);
        File.SetLastWriteTimeUtc(Path.Combine(Out, name), modified);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(Out, name));
}
