using BackupOnline.Grains.Audit;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Jobs;
using BackupOnline.Grains.Schedules;
using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace BackupOnline.Grains.Tests.Running;

/// <summary>Silos in this process over the fixture's PostgreSQL, with the real storage and reminders.</summary>
public sealed class GrainCluster : IAsyncDisposable
{
    private const string Invariant = "Npgsql";
    private readonly InProcessTestCluster cluster;

    private GrainCluster(InProcessTestCluster cluster) => this.cluster = cluster;

    public NpgsqlDataSource Database { get; private init; } = null!;

    public AuditLogReader Log => new(Database);

    public Listings Listings => new(Database);

    /// <summary>Noon in Paris, in summer time: far from the ends of a day, of a month and of summer time.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 10, 20, 10, 0, 0, TimeSpan.Zero);

    public TestClock Clock { get; private init; } = null!;

    public Faults Faults { get; private init; } = null!;

    public IGrainFactory Grains => cluster.Client;

    public IServiceProvider Client => cluster.Client.ServiceProvider;

    public InProcessTestCluster Silos => cluster;

    /// <param name="serviceId">The same id finds the same state again.</param>
    /// <param name="from">What the clock shows at the start; null is the present.</param>
    public static async Task<GrainCluster> StartAsync(
        NpgsqlDataSource database, string serviceId, short silos, Action<JobOptions>? jobs = null, Action<ScheduleOptions>? schedules = null, DateTimeOffset? from = null)
    {
        var clock = new TestClock();
        if (from is { } start) clock.Advance(start - clock.GetUtcNow());
        var faults = new Faults();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ServiceId = serviceId;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.AddDatabase(database);
            silo.AddRecordedStorage();
            silo.UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = (Invariant, database));
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(LiveStreams.Name);
            silo.AddIncomingGrainCallFilter(faults);
            silo.AddPlacementDirector<OnVaultNodePlacement, AnySilo>();
            silo.AddBackupOnlineGrains();
            silo.Services.Configure<LogSweepOptions>(options => options.Every = TimeSpan.FromMilliseconds(500));
            silo.Services.Configure(jobs ?? (_ => { }));
            silo.Services.Configure<ScheduleOptions>(options => (options.LookEvery, options.WatchEvery) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
            silo.Services.Configure(schedules ?? (_ => { }));
            silo.Services.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Services.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = TimeSpan.FromSeconds(1));
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(LiveStreams.Name));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster) { Database = database, Clock = clock, Faults = faults };
    }

    /// <summary>Ends the grain's activation, as a silo that stops would; the next call reads the state again.</summary>
    public Task ForgetAsync(IAddressable grain) => cluster.DeactivateAsync(grain);

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
