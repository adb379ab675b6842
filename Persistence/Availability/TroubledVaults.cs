using Npgsql;

namespace BackupOnline.Persistence.Availability;

/// <summary>What is wrong now, over all tenants: for operators.</summary>
public sealed class TroubledVaults(NpgsqlDataSource database)
{
    private const string Query = """
        select v.scope, v.name, v.view ->> 'node', f.outcome, f.detail, coalesce(f.first_minute, l.until_minute)
        from listing v
        join listing t on t.kind = 'tenant' and t.scope = 'provider' and t.name = v.scope
        left join lateral (
            select outcome, detail, first_minute from probe_run r
            where r.tenant = v.scope and r.vault = v.name and r.outcome <> 'good' and r.until_minute >= $1
            order by until_minute desc, first_minute limit 1) f on true
        left join lateral (
            select max(until_minute) as until_minute from probe_run r where r.tenant = v.scope and r.vault = v.name) l on true
        where v.kind = 'vault' and not (t.view ->> 'suspended')::boolean
          and (f.outcome is not null or ((l.until_minute is null or l.until_minute < $1) and (v.view ->> 'createdAt')::timestamptz < $1))
        order by v.view ->> 'node', v.scope, v.name limit $2
        """;

    /// <summary>Vaults of tenants that are not suspended with a failure, or without any result, since <paramref name="since"/>; by node.</summary>
    public async Task<IReadOnlyList<TroubledVault>> SinceAsync(DateTimeOffset since, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var troubled = new List<TroubledVault>();
        while (await reader.ReadAsync(cancellation))
        {
            troubled.Add(new()
            {
                Tenant = reader.GetString(0),
                Vault = reader.GetString(1),
                Node = reader.GetString(2),
                Outcome = reader.IsDBNull(3) ? null : reader.GetString(3),
                Detail = reader.IsDBNull(4) ? null : reader.GetString(4),
                Since = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5),
            });
        }

        return troubled;
    }
}
