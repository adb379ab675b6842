using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Traffic;

/// <summary>Corrections of sealed months. A row is written once, with the fact for the tenant's log in the same transaction.</summary>
public sealed class Corrections(NpgsqlDataSource database)
{
    private const string Columns = "tenant, month, number, p95, standing_next, burst_next_kbps, reason, at, operation";

    /// <summary>A month's corrections, oldest first.</summary>
    public Task<IReadOnlyList<CorrectionRow>> OfMonthAsync(string tenant, string month, CancellationToken cancellation) => ReadAsync("month = $2 order by number", tenant, month, cancellation);

    /// <summary>The correction that an operation made, if it did.</summary>
    public async Task<CorrectionRow?> MadeByAsync(string tenant, string operation, CancellationToken cancellation) =>
        (await ReadAsync("operation = $2", tenant, operation, cancellation)).SingleOrDefault();

    /// <summary>False when another correction of that number or operation was faster.</summary>
    public async Task<bool> AddAsync(CorrectionRow row, FactRow fact, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            with made as (
                insert into traffic_correction ({Columns}) values ($8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning month, number)
            insert into outbox (grain_id, version, ordinal, scope, event, at, actor, subject, address, details)
            select 'note/' || $1 || '/traffic-corrected/' || month || '/' || number, 0, 0, $1, $2, $3, $4, $5, $6, $7 from made
            """);
        command.Parameters.AddRange(FactParameters.Of(fact));
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            FactParameters.Text(row.Tenant), FactParameters.Text(row.Month), new NpgsqlParameter<int> { TypedValue = row.Number },
            new NpgsqlParameter<long> { TypedValue = row.P95Bytes }, new NpgsqlParameter<short> { TypedValue = row.StandingNext },
            new NpgsqlParameter<long> { TypedValue = row.BurstNextKbps }, FactParameters.Text(row.Reason),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = row.At.ToUniversalTime() }, FactParameters.Text(row.Operation),
        });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private async Task<IReadOnlyList<CorrectionRow>> ReadAsync(string condition, string tenant, string value, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from traffic_correction where tenant = $1 and {condition}");
        command.Parameters.Add(FactParameters.Text(tenant));
        command.Parameters.Add(FactParameters.Text(value));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<CorrectionRow>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new()
            {
                Tenant = reader.GetString(0),
                Month = reader.GetString(1),
                Number = reader.GetInt32(2),
                P95Bytes = reader.GetInt64(3),
                StandingNext = reader.GetInt16(4),
                BurstNextKbps = reader.GetInt64(5),
                Reason = reader.GetString(6),
                At = reader.GetFieldValue<DateTimeOffset>(7),
                Operation = reader.GetString(8),
            });
        }

        return rows;
    }
}
