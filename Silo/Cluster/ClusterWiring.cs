using System.Net;
using BackupOnline.Grains;
using BackupOnline.Grains.Availability;
using BackupOnline.Grains.Contracts;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Persistence.Storage;
using BackupOnline.Silo.Database;
using BackupOnline.Silo.Placement;
using BackupOnline.Silo.Settings;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using Orleans.Storage;

namespace BackupOnline.Silo.Cluster;

/// <summary>Orleans, on SQL of our own and one pool.</summary>
internal static class ClusterWiring
{
    // The name under which Orleans asks for ADO.NET's factory; its default would be another database's.
    private const string Invariant = "Npgsql";

    public static void AddCluster(this WebApplicationBuilder builder, SiloSettings settings, DatabaseSession database)
    {
        if (settings.Hosts(SiloRoles.Grains))
            builder.UseOrleans(silo => silo.AddGrainHost(settings, SiloPorts.Take(settings), database));
        else
            builder.UseOrleansClient(client => client.AddGateways(database));
    }

    private static void AddGrainHost(this ISiloBuilder silo, SiloSettings settings, SiloPorts ports, DatabaseSession database)
    {
        silo.Services.AddSingleton(ports);
        silo.Configure<ClusterOptions>(options => Name(options, database));
        silo.Configure<SiloOptions>(options => options.SiloName = settings.Node);
        silo.Configure<ClusterMembershipOptions>(Failover);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));

        // Its default of a second warns of every busy moment of the machine.
        silo.Configure<SchedulingOptions>(options => options.TurnWarningLengthThreshold = TimeSpan.FromSeconds(5));
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = settings.Cluster;
            options.SiloPort = ports.Silo;
            options.GatewayPort = ports.Gateway;
            options.SiloListeningEndpoint = new IPEndPoint(settings.Cluster, ports.Silo);
            options.GatewayListeningEndpoint = new IPEndPoint(settings.Cluster, ports.Gateway);
        });
        silo.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (Invariant, database.Source));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = (Invariant, database.Source));
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.DataSource) = (Invariant, database.Source));

        // Its states are Orleans' own types, which System.Text.Json writes and cannot read again.
        silo.AddAdoNetGrainStorage("PubSubStore", storage => storage.Configure<Serializer>((options, serializer) =>
            (options.Invariant, options.DataSource, options.GrainStorageSerializer) = (Invariant, database.Source, new OrleansGrainStorageSerializer(serializer))));
        silo.AddRecordedStorage();
        silo.AddBackupOnlineGrains();
        silo.Services.AddOptions<AvailabilityOptions>().BindConfiguration("Availability");
        silo.Services.AddOptions<ContractOptions>().BindConfiguration("Contract");
        silo.AddMemoryStreams(LiveStreams.Name);
        silo.AddIncomingGrainCallFilter<DatabaseFaultFilter>();
        silo.UseSiloMetadata(new Dictionary<string, string> { [VaultNodeDirector.NodeMetadata] = settings.Node });
        silo.AddPlacementDirector<OnVaultNodePlacement, VaultNodeDirector>();
        silo.Services.AddSingleton<PlacementCache>();
        if (settings.Hosts(SiloRoles.Shelf))
            silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<HomecomingSweep>(services, settings.Node));

        // Collects for the door's page, which is for operators only; the trace would show whatever is logged.
        silo.AddDashboard(options => (options.HideTrace, options.CounterUpdateIntervalMs) = (true, 5000));
    }

    // A shelf without grains asks the other silos.
    private static void AddGateways(this IClientBuilder client, DatabaseSession database)
    {
        client.Configure<ClusterOptions>(options => Name(options, database));
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(10));
        client.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (Invariant, database.Source));
        client.AddMemoryStreams(LiveStreams.Name);
    }

    private static void Name(ClusterOptions options, DatabaseSession database) =>
        (options.ClusterId, options.ServiceId) = (database.Identity.ClusterId, database.Identity.ServiceId);

    // Decision 7d, measured: a killed silo's grains answer again in 2.4 to 4.7 s, a frozen one's in 15 s.
    private static void Failover(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        options.NumMissedProbesLimit = 3;
        options.EnableConnectionLivenessCheck = true;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
    }
}
