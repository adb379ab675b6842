using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Usage;

/// <summary>The program as a customer gets it, and as odd parents start it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository().WithSource();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Of_what_is_published_the_program_alone_is_enough()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("BACKUPONLINE_AGENT") is { Length: > 0 }, "Nothing was published for the tests (scripts/test.sh does).");
        var alone = _machine.Write("alone/backuponline", "");
        File.Copy(Machine.Program, alone, overwrite: true);

        (await _machine.RunProgramAsync(alone, ["init", "--yes"])).ShouldEndWith(0);
        (await _machine.RunProgramAsync(alone, ["backup", _machine.Source])).ShouldEndWith(0);
        (await _machine.RunProgramAsync(alone, ["check", "--read-data"])).ShouldEndWith(0);

        // The same versions as everybody else's, which packages bring.
        var doctor = (await _machine.RunProgramAsync(alone, ["doctor"])).Output;
        Assert.Contains($"libzstd {Engine.EngineLibraries.Zstd()} ", doctor);
        Assert.Contains($"libsodium {Engine.EngineLibraries.Sodium()} ", doctor);
    }

    [Theory]
    [InlineData("0<&-")]
    [InlineData("1>&-")]
    [InlineData("2>&-")]
    [InlineData("0<&- 1>&- 2>&-")]
    public async Task With_standard_streams_closed_nothing_meant_for_the_screen_goes_into_a_file(string closed)
    {
        await RunAsync("init --yes", 0);
        var gone = _machine.PathOf("gone");
        await RunAsync($"backup -v '{_machine.Source}' '{gone}'", 3);

        // What is closed is an empty stream, which is refused, and not one without end.
        await RunAsync("backup --stdin --stdin-filename empty", 1);
        (await _machine.RunAsync("check", "--read-data")).ShouldEndWith(0);
        (await _machine.ResticAsync("-r", _machine.Repository, "check", "--read-data")).ShouldEndWith(0);
        Assert.Empty(Directory.EnumerateFiles(_machine.PathOf("repository/locks")));

        async Task RunAsync(string line, int code) =>
            (await _machine.RunProgramAsync("sh", ["-c", $"exec '{Machine.Program}' {line} {closed}"])).ShouldEndWith(code);
    }
}
