using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Persistence.Connections;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace BackupOnline.Client.Cluster;

internal static class ClusterRegistration
{
    private const string Invariant = "Npgsql";

    /// <summary>The door as an external client of the cluster: gateways from PostgreSQL, time bounds from decision 7d.</summary>
    public static void AddCluster(this WebApplicationBuilder builder, NpgsqlDataSource database, ClusterIdentity identity)
    {
        builder.Services.AddSingleton<ClusterCalls>();
        // The client's start ends when it has reached a silo. The web server must not wait for that: /health/ready tells of it.
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (identity.ClusterId, identity.ServiceId));
            client.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (Invariant, database));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(10));
            client.UseConnectionRetryFilter<ConnectForever>();
            client.AddMemoryStreams(LiveStreams.Name);
            client.AddDashboard(options => options.HideTrace = true);
        });
    }
}
