using BackupOnline.Grains.Interfaces.Audit;
using Npgsql;

namespace BackupOnline.Persistence.Log;

/// <summary>The log as readers see it.</summary>
public sealed class AuditLogReader(NpgsqlDataSource database)
{
    private static readonly string NoHash = new('0', 64);

    /// <summary>Entries after <paramref name="afterNumber"/>, oldest first.</summary>
    public async Task<IReadOnlyList<LogEntryRow>> PageAsync(string scope, long afterNumber, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select number, grain_id, version, ordinal, previous_hash, hash, {FactReader.Columns} from audit_entry where scope = $1 and number > $2 order by number limit $3");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterNumber });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<LogEntryRow>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new()
            {
                Number = reader.GetInt64(0),
                Grain = reader.GetString(1),
                Version = reader.GetInt64(2),
                Ordinal = reader.GetInt32(3),
                PreviousHash = reader.GetString(4),
                Hash = reader.GetString(5),
                Fact = FactReader.Read(reader, 6),
            });
        }

        return rows;
    }

    /// <summary>The last entry's number and hash; 0 and zeros for an empty log.</summary>
    public async Task<LogCheckpoint> HeadAsync(string scope, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select number, hash from audit_entry where scope = $1 order by number desc limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new() { Scope = scope, Number = reader.GetInt64(0), Hash = reader.GetString(1) }
            : new() { Scope = scope, Number = 0, Hash = NoHash };
    }

    /// <summary>True when the fact stands in a log already.</summary>
    public async Task<bool> ContainsFactAsync(string grain, long version, int ordinal, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select exists (select from audit_entry where grain_id = $1 and version = $2 and ordinal = $3)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ordinal });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
