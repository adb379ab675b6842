using Npgsql;

namespace BackupOnline.Persistence.Queries;

/// <summary>Snapshots that arrived, as recorded by the Vault grains.</summary>
public sealed class ArrivalLedger(NpgsqlDataSource database)
{
    /// <summary>Which of these snapshot names are recorded already.</summary>
    public async Task<IReadOnlySet<string>> KnownAsync(string tenant, string vault, IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select snapshot from arrival where tenant = $1 and vault = $2 and snapshot = any ($3)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = vault });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. names] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            known.Add(reader.GetString(0));
        return known;
    }

    public async Task<ArrivalSummary> CountAndLatestAsync(string tenant, string vault, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(*), max(received_at) from arrival where tenant = $1 and vault = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = vault });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }
}
