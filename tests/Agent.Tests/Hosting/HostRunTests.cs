using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hosting;

/// <summary><c>host run</c> against a door that fails when it hurts.</summary>
public sealed class HostRunTests : IDisposable
{
    private const string Job = "20261129-1";
    private const string JobPath = "/api/v1/tenants/acme/jobs/" + Job;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly Machine _machine = new();
    private volatile bool _takesOutcomes;
    private int _attempts;

    private string Kept => _machine.PathOf($"state/outbox/{Job}.json");

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task An_outcome_that_the_service_could_not_be_told_outlives_the_agent_and_is_told_before_the_job_is_begun_again()
    {
        await using var door = new TinyServer(Answer);
        Prepare(door.Url);
        await using (var first = Start())
        {
            await Until.TrueAsync(() => first.HasEnded || door.To(JobPath + "/outcome").Any(), s_patience);
            first.Kill();
            (await first.EndAsync(s_patience)).ShouldEndWith(137).ShouldSay("machine-gone");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
        Assert.Single(door.To(JobPath + "/attempts"));
        var untold = door.To(JobPath + "/outcome").First();
        await using (var stillAway = Start())
        {
            // The job is offered again and again meanwhile, and looked at every 2 s.
            await Until.TrueAsync(() => stillAway.HasEnded || door.Requests.Count(asked => asked.Path.EndsWith("/work", StringComparison.Ordinal)) > 3, s_patience);
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            stillAway.Kill();
            (await stillAway.EndAsync(s_patience)).ShouldEndWith(137);
        }

        Assert.Single(door.To(JobPath + "/attempts"));
        var before = door.Requests.Count;
        _takesOutcomes = true;
        await using (var second = Start())
        {
            await Until.TrueAsync(() => second.HasEnded || door.To(JobPath + "/attempts").Count() > 1, s_patience);
            second.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
            (await second.EndAsync(s_patience)).ShouldEndWith(0);
        }

        var told = door.Requests.Skip(before).Where(asked => asked.Path.StartsWith(JobPath, StringComparison.Ordinal)).ToList();
        Assert.Equal(JobPath + "/outcome", told[0].Path);
        Assert.Equal(untold.Text, told[0].Text);
        Assert.Equal(1, Attempt(told[0]));
        Assert.Equal(JobPath + "/attempts", told[1].Path);
        Assert.False(File.Exists(Kept));
    }

    [Theory]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(409, false)]
    [InlineData(404, false)]
    [InlineData(404, true, """{"detail":"not now"}""")]
    public async Task An_outcome_is_kept_when_the_host_is_not_let_in_or_a_stranger_answers_and_dropped_when_the_service_does_not_want_it(
        int status, bool isKept, string body = """{"code":"x","detail":"not now"}""")
    {
        await using var door = new TinyServer(asked => asked.Path.EndsWith("/outcome", StringComparison.Ordinal) ? new(status, body) : new(200, "{}"));
        Prepare(door.Url);
        Directory.CreateDirectory(_machine.PathOf("state/outbox"));
        await File.WriteAllTextAsync(Kept, """{"attempt":1,"exitCode":1,"message":"m"}""");
        await File.WriteAllTextAsync(_machine.PathOf("state/outbox/later.json"), """{"attempt":1,"exitCode":1,"message":"m"}""");
        await using var run = Start();

        // One after the other: with the second the first one is decided.
        await Until.TrueAsync(() => run.HasEnded || door.Requests.Any(asked => asked.Path.EndsWith("/jobs/later/outcome", StringComparison.Ordinal)), s_patience);
        run.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);

        (await run.EndAsync(s_patience)).ShouldEndWith(0).ShouldSay("not now");
        Assert.Equal(isKept, File.Exists(Kept));
    }

    [Fact]
    public async Task Leftovers_that_cannot_be_put_right_keep_no_job_waiting()
    {
        _takesOutcomes = true;
        await using var door = new TinyServer(Answer);
        Prepare(door.Url);
        _machine.Write("scratch/left", "by a run that was killed");
        await using var run = Start();

        await Until.TrueAsync(() => run.HasEnded || door.To(JobPath + "/outcome").Any(), s_patience);
        run.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);

        (await run.EndAsync(s_patience)).ShouldEndWith(0).ShouldSay("interrupted run");
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_read_is_set_aside_by_name()
    {
        await using var door = new TinyServer(_ => new(200, "{}"));
        Prepare(door.Url);
        Directory.CreateDirectory(_machine.PathOf("state/outbox"));
        await File.WriteAllTextAsync(Kept, "half an outc");
        await using var run = Start();

        await Until.TrueAsync(() => run.HasEnded || File.Exists(Kept + ".unreadable"), s_patience);
        run.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);

        (await run.EndAsync(s_patience)).ShouldEndWith(0).ShouldSay(Kept);
        Assert.Empty(door.To(JobPath + "/outcome"));
    }

    private static int Attempt(TinyServer.Asked asked) => JsonDocument.Parse(asked.Body).RootElement.GetProperty("attempt").GetInt32();

    private TinyServer.Answer Answer(TinyServer.Asked asked) => asked.Path.Split('/')[^1] switch
    {
        // The list once; then the connection ends, as behind a proxy that is impatient.
        "work" => new(200, $$"""
            event: work
            data: [{"job":"{{Job}}","kind":"vmBackup","vm":"web01","machineId":"gone","vault":"main"}]


            """, Type: "text/event-stream"),
        "attempts" => new(200, $$$"""{"job":{"id":"{{{Job}}}","attempt":{{{Interlocked.Increment(ref _attempts)}}},"status":"running"},"order":{"kind":"vmBackup","vm":"web01","machineId":"gone"}}"""),
        "outcome" when !_takesOutcomes => new(503),
        _ => new(200, "{}"),
    };

    private Started Start() => _machine.Start(Machine.Program, ["host", "run", "--hypervisor", _machine.PathOf("hypervisor.toml")]);

    private void Prepare(Uri door)
    {
        EnrolledHost.Write(_machine, door, new Uri(door, "shelf/acme/main/"), "secret");

        // A machine that is switched off: nobody listens at its monitor.
        _machine.Write("hypervisor.toml", $"""
            state_folder = "{_machine.PathOf("qemu")}"
            [host]
            scratch = "{_machine.PathOf("scratch")}"
            state = "{_machine.PathOf("state")}"
            [[machine]]
            id = "web02"
            name = "web02"
            qmp = "{_machine.PathOf("none")}"
            """);
    }
}
