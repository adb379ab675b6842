using Npgsql;

namespace BackupOnline.Persistence.Traffic;

/// <summary>Sealed months. A row is written once; the log's fact of it is written in the same transaction.</summary>
public sealed class SealedMonths(NpgsqlDataSource database)
{
    private const string Columns =
        "tenant, month, policy_version, p95_in, p95_out, p95, exceeded, total_in, total_out, volume, standing_next, burst_next_kbps, sealed_at, document, hash";

    public async Task<SealedMonthRow?> FindAsync(string tenant, string month, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from traffic_month where tenant = $1 and month = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = month });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Standing and burst that a month gave to the next one, after its corrections, by tenant; tenants without such a row are absent.</summary>
    public async Task<IReadOnlyDictionary<string, (short Standing, long BurstKbps)>> NextOfAsync(IReadOnlyCollection<string> tenants, string month, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select m.tenant, coalesce(c.standing_next, m.standing_next), coalesce(c.burst_next_kbps, m.burst_next_kbps) from traffic_month m
            left join lateral (
                select standing_next, burst_next_kbps from traffic_correction where tenant = m.tenant and month = m.month order by number desc limit 1) c on true
            where m.tenant = any ($1) and m.month = $2
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tenants] });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = month });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var next = new Dictionary<string, (short, long)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            next.Add(reader.GetString(0), (reader.GetInt16(1), reader.GetInt64(2)));
        return next;
    }

    /// <summary>Tenants that were there before <paramref name="end"/> and whose month is open, in order, from the first after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<string>> OpenTenantsAsync(string month, DateTimeOffset end, string after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select name from listing where kind = 'tenant' and scope = 'provider' and name > $3 and (view ->> 'createdAt')::timestamptz < $2
            and not exists (select from traffic_month where tenant = name and month = $1) order by name limit $4
            """);
        command.CommandTimeout = 120;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = month });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = end.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var tenants = new List<string>();
        while (await reader.ReadAsync(cancellation))
            tenants.Add(reader.GetString(0));
        return tenants;
    }

    /// <summary>When the first tenant came; null when there is none.</summary>
    public async Task<DateTimeOffset?> FirstTenantAtAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select min((view ->> 'createdAt')::timestamptz) from listing where kind = 'tenant' and scope = 'provider'");
        command.CommandTimeout = 120;
        return await command.ExecuteScalarAsync(cancellation) is DateTime at ? new DateTimeOffset(at) : null;
    }

    /// <summary>Writes the rows whose month is not sealed yet, and a fact into each tenant's log, in one transaction. Answers how many were new.</summary>
    public async Task<int> AddAsync(IReadOnlyCollection<SealedMonthRow> rows, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            with sealed as (
                insert into traffic_month ({Columns})
                select * from unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::boolean[], $8::bigint[], $9::bigint[],
                    $10::bigint[], $11::smallint[], $12::bigint[], $13::timestamptz[], $14::text[], $15::text[])
                on conflict do nothing returning tenant, month, p95, exceeded, standing_next, sealed_at, hash)
            insert into outbox (grain_id, version, ordinal, scope, event, at, actor, subject, address, details)
            select 'note/' || tenant || '/traffic-sealed/' || month, 0, 0, tenant, 'traffic.sealed', sealed_at, 'silo', 'traffic/' || tenant, null,
                jsonb_build_object('month', month, 'p95Bytes', p95::text, 'exceeded', exceeded::text, 'hash', hash)
            from sealed
            """);
        command.CommandTimeout = 120;
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Array(rows, r => r.Tenant), Array(rows, r => r.Month), Array(rows, r => r.PolicyVersion), Array(rows, r => r.P95InBytes), Array(rows, r => r.P95OutBytes),
            Array(rows, r => r.P95Bytes), Array(rows, r => r.Exceeded), Array(rows, r => r.TotalInBytes), Array(rows, r => r.TotalOutBytes), Array(rows, r => r.VolumeBytes),
            Array(rows, r => r.StandingNext), Array(rows, r => r.BurstNextKbps), Array(rows, r => r.SealedAt.ToUniversalTime()), Array(rows, r => r.Document),
            Array(rows, r => r.Hash),
        });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter<T[]> Array<T>(IReadOnlyCollection<SealedMonthRow> rows, Func<SealedMonthRow, T> column) => new() { TypedValue = [.. rows.Select(column)] };

    private static SealedMonthRow Read(NpgsqlDataReader reader) => new()
    {
        Tenant = reader.GetString(0),
        Month = reader.GetString(1),
        PolicyVersion = reader.GetInt32(2),
        P95InBytes = reader.GetInt64(3),
        P95OutBytes = reader.GetInt64(4),
        P95Bytes = reader.GetInt64(5),
        Exceeded = reader.GetBoolean(6),
        TotalInBytes = reader.GetInt64(7),
        TotalOutBytes = reader.GetInt64(8),
        VolumeBytes = reader.GetInt64(9),
        StandingNext = reader.GetInt16(10),
        BurstNextKbps = reader.GetInt64(11),
        SealedAt = reader.GetFieldValue<DateTimeOffset>(12),
        Document = reader.GetString(13),
        Hash = reader.GetString(14),
    };
}
