using System.Security.Cryptography;
using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>An enrolled machine with a door and a shelf: jobs are opened and closed, and neither door nor clock stops a backup.</summary>
public sealed class EnrolledRunTests : IAsyncLifetime
{
    private const string HostKey = "boh_acme_office_TopSecretOfTheHost";
    private readonly Machine _machine = new Machine().WithSource();
    private readonly TinyShelf _shelf = new();
    private TinyServer _door = null!;
    private Func<TinyServer.Asked, TinyServer.Answer?> _doorRefusal = _ => null;

    public async ValueTask InitializeAsync()
    {
        _door = new TinyServer(asked => _doorRefusal(asked) ?? asked.Path switch
        {
            "/api/v1/enrolments" => new TinyServer.Answer(201, JsonSerializer.Serialize(new
            {
                tenant = "acme",
                host = "office",
                vault = "main",
                key = HostKey,
                url = $"{_shelf.Url}acme/main/",
                credential = new { keyId = "k1", secret = TinyShelf.Secret },
            })),
            "/health/ready" => new TinyServer.Answer(200, "ok"),
            _ => new TinyServer.Answer(asked.Path.EndsWith("/jobs", StringComparison.Ordinal) ? 201 : 200, """{"id":"job1","attempt":2,"status":"running"}"""),
        });
        _machine.With("BACKUPONLINE_CODE", "boe_acme_office_0123456789").With("BACKUPONLINE_PASSWORD", Machine.Password).With("BACKUPONLINE_RETRY_FOR", "0");
        (await _machine.RunAsync("enroll", "--server", _door.Url.ToString())).ShouldEndWith(0);
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _shelf.DisposeAsync();
        _machine.Dispose();
    }

    [Fact]
    public async Task A_backup_opens_a_job_with_the_host_s_key_and_closes_it_with_its_snapshot()
    {
        var ended = (await _machine.RunAsync("backup", "--json", _machine.Source)).ShouldEndWith(0);
        var opened = Assert.Single(_door.To("/api/v1/tenants/acme/hosts/office/jobs"));
        Assert.Equal("Bearer " + HostKey, opened.Authorization);
        Assert.NotEmpty(opened.IdempotencyKey!);
        Assert.Equal(("backup", "main"), (Field(opened, "kind").GetString(), Field(opened, "vault").GetString()));
        var outcome = Assert.Single(_door.To("/api/v1/tenants/acme/jobs/job1/outcome"));
        Assert.Equal((2, 0), (Field(outcome, "attempt").GetInt32(), Field(outcome, "exitCode").GetInt32()));
        Assert.Equal(ended.Summary.GetProperty("snapshot_id").GetString(), Field(outcome, "snapshot").GetString());
        Assert.Equal(20, Field(outcome, "progress").GetProperty("filesDone").GetInt64());
        Assert.DoesNotContain("TopSecret", ended.Output + ended.Error);
    }

    [Fact]
    public async Task Restore_and_check_are_jobs_too()
    {
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        (await _machine.RunAsync("restore", "latest", "--target", _machine.PathOf("out"))).ShouldEndWith(0);
        (await _machine.RunAsync("check", "--read-data")).ShouldEndWith(0);
        await _machine.ShouldBeEqualAsync(_machine.Source, _machine.PathOf("out") + _machine.Source);
        Assert.Equal(["backup", "restore", "check"], _door.To("/api/v1/tenants/acme/hosts/office/jobs").Select(asked => Field(asked, "kind").GetString()));
        Assert.Equal(3, _door.To("/api/v1/tenants/acme/jobs/job1/outcome").Count());
    }

    [Fact]
    public async Task A_failed_run_closes_its_job_with_its_code_and_no_secret()
    {
        (await _machine.With("BACKUPONLINE_PASSWORD", "guess").RunAsync("backup", _machine.Source)).ShouldEndWith(12);
        var outcome = Assert.Single(_door.To("/api/v1/tenants/acme/jobs/job1/outcome"));
        Assert.Equal(12, Field(outcome, "exitCode").GetInt32());
        Assert.DoesNotContain("guess", outcome.Text);
        (await _machine.With("BACKUPONLINE_PASSWORD", Machine.Password).RunAsync("backup", _machine.Source, _machine.PathOf("missing"))).ShouldEndWith(3);
        Assert.Equal(3, Field(_door.To("/api/v1/tenants/acme/jobs/job1/outcome").Last(), "exitCode").GetInt32());
    }

    [Theory]
    [InlineData(503)]
    [InlineData(401)]
    [InlineData(0)]
    public async Task A_door_that_is_away_is_told_once_and_does_not_stop_the_backup(int status)
    {
        _doorRefusal = _ => new TinyServer.Answer(status, Cut: status == 0);
        var ended = (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        Assert.Single(ended.Error.Split('\n'), line => line.StartsWith("Warning: The service's door", StringComparison.Ordinal));
        Assert.Equal(1, _shelf.Count("snapshots"));
    }

    [Fact]
    public async Task A_suspended_contract_stops_a_backup_before_it_begins_with_21()
    {
        _doorRefusal = _ => new TinyServer.Answer(403, """{"status":403,"code":"tenant-suspended","detail":"The service of tenant 'acme' is suspended."}""");
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(21).ShouldSay("suspended");
        Assert.Equal(0, _shelf.Count("snapshots"));
    }

    [Fact]
    public async Task A_backup_follows_the_doors_plan_and_an_urgent_one_does_not_ask_for_it()
    {
        // 3 MB that do not compress, at 8 Mbit/s.
        await File.WriteAllBytesAsync(Path.Combine(_machine.Source, "noise"), RandomNumberGenerator.GetBytes(3_000_000));
        _doorRefusal = asked => asked.Path.EndsWith("/jobs/job1/plan", StringComparison.Ordinal)
            ? new TinyServer.Answer(200, $$"""{"at":"{{TimeProvider.System.GetUtcNow():O}}","reason":"credits-kept","spans":[{"from":"2020-01-01T00:00:00Z","to":"2099-01-01T00:00:00Z","kind":"quiet","bitsPerSecond":8000000}]}""")
            : null;
        var started = TimeProvider.System.GetTimestamp();
        var ended = (await _machine.RunAsync("backup", "--json", _machine.Source)).ShouldEndWith(0);
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(2.5));
        Assert.Contains(ended.Lines("status"), line => line.TryGetProperty("pace", out var pace) && pace.GetString() == "quiet");
        var asked = _door.To("/api/v1/tenants/acme/jobs/job1/plan").Count();
        Assert.InRange(asked, 1, 3);

        (await _machine.RunAsync("backup", "--urgent", "--force", _machine.Source)).ShouldEndWith(0);
        Assert.Equal(asked, _door.To("/api/v1/tenants/acme/jobs/job1/plan").Count());
    }

    [Theory]
    [InlineData(-1, "ahead of")]
    [InlineData(1, "behind")]
    public async Task A_clock_one_day_off_is_said_with_what_to_do(int days, string side)
    {
        _shelf.Skew = TimeSpan.FromDays(days);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0).ShouldSay(side, "timedatectl");
        var doctor = await _machine.RunAsync("doctor", "--json", "-r", _shelf.Address);
        Assert.NotEmpty(doctor.Lines("doctor"));
    }

    [Fact]
    public async Task Doctor_finds_all_well_and_what_is_not()
    {
        var well = (await _machine.RunAsync("doctor", "--json")).ShouldEndWith(0);
        foreach (var point in new[] { "version", "libzstd", "libsodium", "configuration", "door", "repository", "password", "clock" })
            Assert.Equal("OK", Verdict(well, point));
        Assert.DoesNotContain("TopSecret", well.Output + well.Error);

        _doorRefusal = _ => new TinyServer.Answer(503);
        File.SetUnixFileMode(_machine.Configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var ill = (await _machine.With("BACKUPONLINE_PASSWORD", "guess").RunAsync("doctor", "--json")).ShouldEndWith(1);
        foreach (var point in new[] { "configuration", "door", "password" })
            Assert.Equal("FAIL", Verdict(ill, point));
        Assert.All(ill.Lines("doctor").Where(line => line.GetProperty("verdict").GetString() != "OK"), line => Assert.NotEmpty(line.GetProperty("advice").GetString()!));
        Assert.Contains("chmod 600", (await _machine.RunAsync("doctor")).ShouldEndWith(1).Output);
    }

    private static JsonElement Field(TinyServer.Asked asked, string name) => JsonDocument.Parse(asked.Text).RootElement.GetProperty(name);

    private static string Verdict(Ended doctor, string point) =>
        doctor.Lines("doctor").Single(line => line.GetProperty("point").GetString() == point).GetProperty("verdict").GetString()!;
}
