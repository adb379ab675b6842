using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.PowerShell;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.PowerShell;

/// <summary>The child with a stand-in: a shell script that speaks the same lines. PowerShell itself was never run.</summary>
public sealed class PowerShellChildTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_script_comes_first_and_then_calls_are_answered_in_turn()
    {
        await using var child = Child("""
            read -r script; echo "$script" | base64 -d > got
            while read -r line; do printf '%s\n' "$line" >> calls; n=$((n+1)); echo "a banner"; echo '{"id":0,"result":"another"}'; echo "{\"id\":$n,\"result\":{\"name\":\"é $n\"}}"; done
            """);

        for (var call = 1; call <= 3; call++)
            Assert.Equal($"é {call}", (await child.CallAsync("names", json => json.WriteString("key", "a\\b\n'"), CancellationToken.None)).Text("name"));

        Assert.Equal("the script", await File.ReadAllTextAsync(_machine.PathOf("got")));
        Assert.Equal("""{"id":1,"call":"names","arguments":{"key":"a\\b\n\u0027"}}""", (await File.ReadAllLinesAsync(_machine.PathOf("calls")))[0]);
    }

    [Fact]
    public async Task An_error_of_a_call_is_that_of_the_call_and_the_child_lives_on()
    {
        await using var child = Child("""
            read -r script; read -r line; echo '{"id":1,"error":"Accès refusé."}'; read -r line; echo '{"id":2,"result":7}'
            """);

        var failed = await Assert.ThrowsAsync<HypervisorException>(() => child.CallAsync("a", null, CancellationToken.None));
        Assert.Equal(("powershell-call-failed", "a: Accès refusé."), (failed.Code, failed.Message));
        Assert.Equal(7, (await child.CallAsync("b", null, CancellationToken.None)).GetInt32());
    }

    [Theory]
    [InlineData("read -r script; echo 'out of memory' >&2; exit 3", "powershell-ended")]
    [InlineData("read -r script; read -r line; printf '{\"id\":1,\"resu'; exit 0", "powershell-ended")]
    [InlineData("read -r script; read -r line; yes stray | head -2000; exec sleep 100", "powershell-odd")]
    [InlineData("exec sleep 100", "powershell-slow")]
    public async Task A_child_that_dies_babbles_or_hangs_is_told_and_replaced(string script, string code)
    {
        var marker = _machine.PathOf("second");
        await using var child = Child($"if [ -e '{marker}' ]; then read -r script; read -r line; echo '{{\"id\":2,\"result\":1}}'; exec sleep 100; fi; touch '{marker}'; {script}",
            code == "powershell-slow" ? TimeSpan.FromSeconds(3) : TimeSpan.FromMinutes(2));

        Assert.Equal(code, (await Assert.ThrowsAsync<HypervisorException>(() => child.CallAsync("a", null, CancellationToken.None))).Code);
        if (code != "powershell-slow")
            Assert.Equal(1, (await child.CallAsync("b", null, CancellationToken.None)).GetInt32());
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        await using var child = new PowerShellChild(["/no/such/powershell.exe"], "the script", TimeSpan.FromMinutes(1), TimeProvider.System);

        Assert.Equal("powershell-missing", (await Assert.ThrowsAsync<HypervisorException>(() => child.CallAsync("a", null, CancellationToken.None))).Code);
    }

    [Fact]
    public void What_is_missing_or_null_is_null_and_not_empty()
    {
        using var answer = System.Text.Json.JsonDocument.Parse("""{"a":null,"b":[],"c":[1,2],"d":"x","e":1.5}""");

        Assert.Null(answer.RootElement.Numbers("a"));
        Assert.Null(answer.RootElement.Numbers("missing"));
        Assert.Empty(answer.RootElement.Numbers("b")!);
        Assert.Equal([1, 2], answer.RootElement.Numbers("c")!);
        Assert.Null(answer.RootElement.Number("d"));
        Assert.Null(answer.RootElement.Number("e"));
    }

    [Fact]
    public void The_scripts_are_in_the_program() => Assert.Contains("Msvm_ComputerSystem", EmbeddedScript.Read("hyperv.ps1"));

    private PowerShellChild Child(string script, TimeSpan? patience = null) =>
        new(["sh", _machine.Write("stand-in", $"cd '{_machine.Folder}'\n{script}\n")], "the script", patience ?? TimeSpan.FromMinutes(2), TimeProvider.System);
}
