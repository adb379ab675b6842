using Npgsql;

namespace BackupOnline.Persistence.Log;

/// <summary>What waits for the log.</summary>
public sealed class OutboxReader(NpgsqlDataSource database)
{
    /// <summary>The oldest facts of one log, in the order in which they are to be numbered: time, grain, version, ordinal.</summary>
    public async Task<IReadOnlyList<OutboxRow>> PendingAsync(string scope, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select grain_id, version, ordinal, {FactReader.Columns} from outbox where scope = $1 order by at, grain_id, version, ordinal limit $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new()
            {
                Grain = reader.GetString(0),
                Version = reader.GetInt64(1),
                Ordinal = reader.GetInt32(2),
                Fact = FactReader.Read(reader, 3),
            });
        }

        return rows;
    }

    /// <summary>The logs that something waits for: what the sweep goes through.</summary>
    public async Task<IReadOnlyList<string>> WaitingScopesAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select distinct scope from outbox order by scope");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var scopes = new List<string>();
        while (await reader.ReadAsync(cancellation))
            scopes.Add(reader.GetString(0));
        return scopes;
    }
}
