using BackupOnline.Persistence.Connections;
using Npgsql;

namespace BackupOnline.Client.Start;

/// <summary>The database that the door reads from, and the cluster that lives in it.</summary>
internal sealed record DatabasePlace(NpgsqlDataSource Database, ClusterIdentity Cluster) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
