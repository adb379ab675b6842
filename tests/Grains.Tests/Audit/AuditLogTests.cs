using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Log;
using BackupOnline.Rules.Audit;
using NodaTime;

namespace BackupOnline.Grains.Tests.Audit;

public sealed class AuditLogTests(GrainsFixture fixture)
{
    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task The_log_is_a_chain_that_anybody_can_verify_and_its_head_is_the_checkpoint()
    {
        var world = await new World(Cluster).WithHostAsync();
        await World.Must(world.AnnounceAsync([.. Enumerable.Range(0, 30).Select(i => world.Arrival(DateTimeOffset.UnixEpoch.AddSeconds(i)))]));

        var checkpoint = await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);

        var rows = await VerifiedAsync(world.Tenant);
        Assert.Equal((rows[^1].Number, rows[^1].Hash), (checkpoint.Number, checkpoint.Hash));
        Assert.Equal(
            ["tenant.created", "terms.accepted", "terms.accepted", "vault.created", "host.invited", "credential.issued", "host.enrolled"],
            rows.Take(7).Select(r => r.Fact.Event));
        Assert.Equal(37, rows.Count);
    }

    [Fact]
    public async Task An_empty_log_has_the_origin_as_its_checkpoint()
    {
        var tenant = World.Name("t");

        Assert.Equal(new LogCheckpoint { Scope = tenant, Number = 0, Hash = LogChain.Origin }, await Cluster.Grains.Get(new LogKey(tenant)).DrainAsync(default));
    }

    [Fact]
    public async Task Facts_reach_the_log_without_anybody_draining_it()
    {
        var world = await new World(Cluster).WithTenantAsync();

        await Eventually.Async("three entries", () => fixture.Log.PageAsync(world.Tenant, 0, 10, default), rows => rows.Count == 3);
    }

    [Fact]
    public async Task A_lost_poke_is_swept()
    {
        var world = new World(Cluster);
        var (key, method) = ($"log/{world.Tenant}", nameof(IAuditLogGrain.PokeAsync));
        Cluster.Faults.Break(key, method);
        await world.WithTenantAsync();
        await Eventually.Async("pokes that were lost", () => Task.FromResult(Cluster.Faults.Count(key, method)), count => count >= 3);
        Assert.Empty(await fixture.Log.PageAsync(world.Tenant, 0, 10, default));

        Cluster.Faults.Heal(key, method);

        await Eventually.Async("swept entries", () => fixture.Log.PageAsync(world.Tenant, 0, 10, default), rows => rows.Count == 3);
    }

    [Fact]
    public async Task Drains_that_race_number_every_fact_once()
    {
        var world = await new World(Cluster).WithVaultAsync();
        var log = Cluster.Grains.Get(new LogKey(world.Tenant));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await world.AnnounceAsync(world.Arrival(DateTimeOffset.UnixEpoch.AddSeconds(i)));
            await log.DrainAsync(default);
        }));

        Assert.Equal(44, (await VerifiedAsync(world.Tenant)).Count);
    }

    [Fact]
    public async Task A_note_is_kept_once_by_its_id_also_after_a_restart()
    {
        var tenant = World.Name("t");
        var log = Cluster.Grains.Get(new LogKey(tenant));
        var note = new LogFact
        {
            Id = "throttled-1",
            Event = "credential.refused",
            Actor = "address:192.0.2.7",
            Subject = $"vault/{tenant}/main",
            Details = ImmutableSortedDictionary<string, string>.Empty.Add("tries", "12"),
        };

        await Task.WhenAll(log.NoteAsync(note, default), log.NoteAsync(note, default));
        await log.DrainAsync(default);
        await Cluster.ForgetAsync(log);
        await log.NoteAsync(note, default);
        await log.NoteAsync(note with { Id = "throttled-2" }, default);
        await log.DrainAsync(default);

        var rows = await VerifiedAsync(tenant);
        Assert.Equal(2, rows.Count);
        Assert.Equal(("credential.refused", "12"), (rows[0].Fact.Event, rows[0].Fact.Details["tries"]));
    }

    [Fact]
    public async Task A_head_that_another_activation_moved_is_read_again()
    {
        var world = await new World(Cluster).WithTenantAsync();
        var log = Cluster.Grains.Get(new LogKey(world.Tenant));
        await log.DrainAsync(default);
        await using var elsewhere = await GrainCluster.StartAsync(fixture.Database, World.Name("s"), silos: 1);
        var twin = elsewhere.Grains.Get(new LogKey(world.Tenant));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var side = i % 2 == 0 ? log : twin;
            await side.NoteAsync(new() { Id = $"note-{i}", Event = "test.noted", Actor = "test", Subject = "test" }, default);
            await side.DrainAsync(default);
        }));

        Assert.Equal(23, (await VerifiedAsync(world.Tenant)).Count);
    }

    private async Task<IReadOnlyList<LogEntryRow>> VerifiedAsync(string scope)
    {
        var rows = await fixture.Log.PageAsync(scope, 0, 10_000, default);
        Assert.Null(LogChain.FirstBroken(scope, (0, LogChain.Origin), rows.Select(row => (ToEntry(scope, row), row.Hash))));
        return rows;
    }

    private static LogEntry ToEntry(string scope, LogEntryRow row) => new()
    {
        Scope = scope,
        Number = row.Number,
        At = Instant.FromDateTimeOffset(row.Fact.At),
        Event = row.Fact.Event,
        Actor = row.Fact.Actor,
        Subject = row.Fact.Subject,
        Address = row.Fact.Address,
        Details = row.Fact.Details.ToImmutableSortedDictionary(),
    };
}
