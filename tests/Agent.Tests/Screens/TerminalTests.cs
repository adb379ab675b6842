using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Screens;

/// <summary>On a pseudo-terminal, as a person sees it.</summary>
public sealed class TerminalTests : IDisposable
{
    // Enough to do, and a quick rhythm: on a fast machine a bar that is drawn five times a second might never be seen.
    private readonly Machine _machine = new Machine().WithRepository().WithSource(files: 400, bytesEach: 400_000)
        .With("TERM", "xterm").With("BACKUPONLINE_PROGRESS_FPS", "60");

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_bar_is_drawn_in_place_and_gone_at_the_end()
    {
        await InitAsync();
        var shown = await OnTerminalAsync("backup " + _machine.Source);
        Assert.Contains("%", shown);
        Assert.Contains("\u001b[2K", shown, StringComparison.Ordinal);
        Assert.Contains("/400 files", shown);
        Assert.Contains("\u001b[32m", shown, StringComparison.Ordinal);
        Assert.Contains("snapshot ", shown[shown.LastIndexOf("\u001b[2K", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task NO_COLOR_and_French_are_followed()
    {
        await InitAsync();
        var shown = await With("NO_COLOR", "1").With("LANG", "fr_FR.UTF-8").OnTerminalAsync("backup " + _machine.Source);
        Assert.DoesNotContain("\u001b[32m", shown, StringComparison.Ordinal);
        Assert.Contains("/400 fichiers", shown);
        Assert.Contains("enregistré", shown);
    }

    [Fact]
    public async Task A_dumb_terminal_gets_no_bar()
    {
        await InitAsync();
        Assert.DoesNotContain("\u001b", await With("TERM", "dumb").OnTerminalAsync("backup " + _machine.Source), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_asked_for_without_showing_it()
    {
        await InitAsync();
        var shown = await Without("BACKUPONLINE_PASSWORD_FILE").OnTerminalAsync("snapshots", Machine.Password + "\r");
        Assert.Contains("Password of the repository", shown);
        Assert.Contains("0 snapshots", shown);
    }

    [Theory]
    [InlineData("a lost key is lost data\n", true, "en")]
    [InlineData("Une cle perdue, ce sont des donnees perdues\n", true, "fr")]
    [InlineData("yes\n", false, "en")]
    public async Task A_repository_is_made_after_the_sentence_was_typed(string typed, bool made, string language)
    {
        var shown = await With("BACKUPONLINE_LANG", language).OnTerminalAsync("init", typed);
        Assert.Contains(language == "fr" ? "seul accès" : "only way", shown);
        Assert.Equal(made, File.Exists(Path.Combine(_machine.Repository, "config")));
    }

    private Task<Ended> InitAsync() => _machine.RunAsync("init", "--yes");

    private TerminalTests With(string variable, string value)
    {
        _machine.With(variable, value);
        return this;
    }

    private TerminalTests Without(string variable)
    {
        _machine.Without(variable);
        return this;
    }

    private async Task<string> OnTerminalAsync(string arguments, string typed = "")
    {
        var ended = await _machine.RunProgramAsync("script", ["-qec", $"stty cols 120; {Machine.Program} {arguments}", "/dev/null"], typed);
        // What the terminal itself echoes before the program has switched it off is not the program's doing.
        return ended.Output;
    }
}
