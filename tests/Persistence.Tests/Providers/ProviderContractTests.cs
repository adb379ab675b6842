using System.Net;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace BackupOnline.Persistence.Tests.Providers;

/// <summary>The real providers of Orleans 10.4 over our SQL: they check their keys at start, and map types and races as they will in the product.</summary>
public sealed class ProviderContractTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private IHost _host = null!;

    public static TheoryData<string> Keys => new() { "vault/acme/main", Guid.Empty.ToString("N"), "00000000000000000123456789abcdef+ext", "2a", "2a+ext", "7+x/y" };

    public ValueTask InitializeAsync()
    {
        _host = new HostBuilder().UseOrleans(silo =>
        {
            silo.Services.AddSingleton(fixture.Database);
            silo.Configure<ClusterOptions>(o => o.ClusterId = o.ServiceId = DatabaseFixture.NewName("p"));
            silo.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", fixture.Database));
            silo.UseAdoNetReminderService(o => (o.Invariant, o.DataSource) = ("Npgsql", fixture.Database));
            silo.UseSystemTextJsonGrainStorageSerializer();
            silo.AddAdoNetGrainStorage("ado", o => (o.Invariant, o.DataSource, o.DeleteStateOnClear) = ("Npgsql", fixture.Database, true));
            silo.AddAdoNetGrainStorage("ado-keep", o => (o.Invariant, o.DataSource) = ("Npgsql", fixture.Database));
            silo.AddRecordedStorage();
        }).Build();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Membership_lives_through_join_vote_death_and_clean_up()
    {
        var table = _host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, Never);
        var now = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 20001, 1),
            SiloName = "one",
            HostName = "host",
            Status = SiloStatus.Joining,
            ProxyPort = 30001,
            StartTime = now,
            IAmAliveTime = now,
        };
        var empty = await table.ReadAllAsync(Never);
        Assert.Empty(empty.Members);
        Assert.True(await table.InsertRowAsync(entry, empty.Version.Next(), Never));
        Assert.False(await table.InsertRowAsync(entry, empty.Version.Next(), Never));

        var one = await table.ReadRowAsync(entry.SiloAddress, Never);
        var (read, etag) = Assert.Single(one.Members);
        Assert.Equal(("one", now, now, 30001), (read.SiloName, read.StartTime, read.IAmAliveTime, read.ProxyPort));
        read.Status = SiloStatus.Dead;
        read.AddSuspector(SiloAddress.New(IPAddress.Loopback, 20002, 2), now);
        Assert.True(await table.UpdateRowAsync(read, etag, one.Version.Next(), Never));
        Assert.False(await table.UpdateRowAsync(read, etag, one.Version.Next(), Never));
        var (dead, _) = Assert.Single((await table.ReadAllAsync(Never)).Members);
        Assert.Equal((SiloStatus.Dead, 1), (dead.Status, dead.SuspectTimes?.Count));

        await table.CleanupDefunctSiloEntriesAsync(now.AddDays(1), Never);
        Assert.Empty((await table.ReadAllAsync(Never)).Members);
        await table.DeleteMembershipTableEntriesAsync(_host.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId, Never);
    }

    [Fact]
    public async Task Of_16_silos_that_join_through_the_provider_at_one_version_one_gets_in()
    {
        var table = _host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, Never);
        var next = (await table.ReadAllAsync(Never)).Version.Next();

        var joined = await OrleansSql.RaceAsync(i => table.InsertRowAsync(
            new()
            {
                SiloAddress = SiloAddress.New(IPAddress.Loopback, 20001 + i, 1),
                SiloName = $"s{i}",
                HostName = "host",
                StartTime = DateTime.UnixEpoch,
                IAmAliveTime = DateTime.UnixEpoch,
            },
            next,
            Never));

        Assert.Single(joined, j => j);
        Assert.Single((await table.ReadAllAsync(Never)).Members);
    }

    [Fact]
    public async Task Reminders_are_kept_found_by_range_and_removed()
    {
        var table = _host.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync(CancellationToken.None);
        var grain = GrainId.Create("job", "job/acme/j1");
        var entry = new ReminderEntry { GrainId = grain, ReminderName = "wake", StartAt = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Period = TimeSpan.FromDays(60) };

        var etag = await table.UpsertRow(entry);

        var read = await table.ReadRow(grain, "wake");
        Assert.Equal((entry.StartAt, entry.Period, etag), (read!.StartAt, read.Period, read.ETag));
        Assert.Single((await table.ReadRows(grain)).Reminders);
        Assert.Single((await table.ReadRows(0, 0)).Reminders);
        var hash = grain.GetUniformHashCode();
        Assert.Single((await table.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await table.ReadRows(hash, hash + 1)).Reminders);
        Assert.False(await table.RemoveRow(grain, "wake", "77"));
        Assert.True(await table.RemoveRow(grain, "wake", etag!));
    }

    [Theory, MemberData(nameof(Keys))]
    public async Task Every_storage_keeps_one_winner_of_16_for_every_shape_of_key(string key)
    {
        foreach (var provider in new[] { "ado", "ado-keep", RecordedStorage.Name })
        {
            var storage = _host.Services.GetRequiredKeyedService<IGrainStorage>(provider);
            var grain = GrainId.Create(DatabaseFixture.NewName("type"), key);
            var name = DatabaseFixture.NewName("state");
            if (storage is ILifecycleParticipant<ISiloLifecycle>)
                await StartAsync(storage);

            var first = await OrleansSql.RaceAsync(i => TryWriteAsync(storage, name, grain, new() { State = new() { Number = i } }));
            Assert.Single(first, w => w is not null);

            var read = new GrainState<Plain>();
            await storage.ReadStateAsync(name, grain, read);
            Assert.Equal(first.Single(w => w is not null)!.State!.Number, read.State!.Number);
            var second = await OrleansSql.RaceAsync(i => TryWriteAsync(storage, name, grain, new() { ETag = read.ETag, RecordExists = true, State = new() { Number = 100 + i } }));
            Assert.Single(second, w => w is not null);

            var last = second.Single(w => w is not null)!;
            await storage.ClearStateAsync(name, grain, last);
            Assert.False(last.RecordExists);
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(name, grain, read));
        }
    }

    private static async Task<GrainState<Plain>?> TryWriteAsync(IGrainStorage storage, string name, GrainId grain, GrainState<Plain> state)
    {
        try
        {
            await storage.WriteStateAsync(name, grain, state);
            return state;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }

    // The provider reads its queries in the silo's life cycle, which does not run here.
    private static async Task StartAsync(IGrainStorage storage)
    {
        var lifecycle = new Lifecycle();
        ((ILifecycleParticipant<ISiloLifecycle>)storage).Participate(lifecycle);
        await lifecycle.OnStart(CancellationToken.None);
    }

    private sealed class Lifecycle() : LifecycleSubject(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance), ISiloLifecycle
    {
        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;
    }

    [GenerateSerializer, Alias("test.plain")]
    public sealed class Plain
    {
        [Id(0)] public int Number { get; set; }
    }
}
