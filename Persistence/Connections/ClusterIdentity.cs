using Npgsql;

namespace BackupOnline.Persistence.Connections;

/// <summary>Names of the Orleans cluster, made once per database by the first migration. State and reminders are keyed on the service id, which never changes.</summary>
public sealed record ClusterIdentity(string ClusterId, string ServiceId)
{
    public static async Task<ClusterIdentity> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select cluster_id, service_id from cluster_identity");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetString(0), reader.GetString(1));
    }
}
