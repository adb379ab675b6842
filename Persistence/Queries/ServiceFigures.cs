using Npgsql;

namespace BackupOnline.Persistence.Queries;

/// <summary>The whole service in numbers, for monitoring: read from the listings, without waking a grain.</summary>
public sealed class ServiceFigures(NpgsqlDataSource database)
{
    public Task<IReadOnlyList<VaultFigures>> VaultsAsync(CancellationToken cancellation) => ReadAsync(
        """
        select scope, name, view ->> 'node', (view ->> 'storedBytes')::bigint, (view ->> 'quotaBytes')::bigint, (view ->> 'snapshotsArrived')::bigint,
               (view ->> 'lastSnapshotAt')::timestamptz
        from listing where kind = 'vault' order by scope, name
        """,
        row => new VaultFigures(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetInt64(3),
            row.IsDBNull(4) ? null : row.GetInt64(4),
            row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6)),
        cancellation);

    public Task<IReadOnlyList<JobFigures>> JobsAsync(CancellationToken cancellation) => ReadAsync(
        "select view ->> 'kind', view ->> 'status', count(*) from listing where kind = 'job' group by 1, 2 order by 1, 2",
        row => new JobFigures(row.GetString(0), row.GetString(1), row.GetInt64(2)),
        cancellation);

    public Task<IReadOnlyList<NodeFigures>> NodesAsync(CancellationToken cancellation) => ReadAsync(
        """
        select name, (view ->> 'capacityBytes')::bigint, (view ->> 'freeBytes')::bigint, (view ->> 'lastSeenAt')::timestamptz
        from listing where kind = 'node' order by name
        """,
        row => new NodeFigures(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3)),
        cancellation);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> take, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(take(reader));
        return rows;
    }
}
