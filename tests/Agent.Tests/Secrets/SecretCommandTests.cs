using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Secrets;

namespace BackupOnline.Agent.Tests.Secrets;

public sealed class SecretCommandTests
{
    [Theory]
    [InlineData("pass show backup", "pass|show|backup")]
    [InlineData("  cat   'a b'  ", "cat|a b")]
    [InlineData("x \"it's\" 'say \"y\"'", "x|it's|say \"y\"")]
    [InlineData(@"x a\ b \'", "x|a b|'")]
    [InlineData(@"x 'a\b'", @"x|a\b")]
    [InlineData("x ''", "x|")]
    [InlineData("--o=\"a b\"c", "--o=a bc")]
    public void Words_are_cut_as_a_shell_cuts_them(string command, string words) => Assert.Equal(words.Split('|'), SecretCommand.Split(command));

    [Theory]
    [InlineData("x 'open")]
    [InlineData("x \"open")]
    public void An_open_quotation_mark_is_refused(string command) => Assert.Throws<AgentStop>(() => SecretCommand.Split(command));

    [Theory]
    [InlineData("false")]
    [InlineData("no-such-program-here")]
    [InlineData("")]
    public async Task A_command_that_fails_gives_no_secret(string command) =>
        Assert.Equal(ExitCode.Fatal, (await Assert.ThrowsAsync<AgentStop>(() => SecretCommand.ReadAsync(command, TestContext.Current.CancellationToken))).Code);
}
