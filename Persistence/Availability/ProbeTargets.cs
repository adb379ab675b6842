using BackupOnline.Grains.Interfaces.Names;
using Npgsql;

namespace BackupOnline.Persistence.Availability;

/// <summary>The vaults that are owed availability: all but those of suspended tenants.</summary>
public sealed class ProbeTargets(NpgsqlDataSource database)
{
    private const string Query = """
        select v.scope, v.name, v.view ->> 'node', n.view ->> 'storageUrl'
        from listing v
        join listing t on t.kind = 'tenant' and t.scope = 'provider' and t.name = v.scope
        left join listing n on n.kind = 'node' and n.scope = 'provider' and n.name = v.view ->> 'node'
        where v.kind = 'vault' and (v.scope, v.name) > ($1, $2) and not (t.view ->> 'suspended')::boolean
        order by v.scope, v.name limit $3
        """;

    /// <summary>In order of tenant and vault, from the first after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<ProbeTarget>> PageAsync(VaultKey? after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Tenant ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Vault ?? "" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var targets = new List<ProbeTarget>();
        while (await reader.ReadAsync(cancellation))
            targets.Add(new(new(reader.GetString(0), reader.GetString(1)), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        return targets;
    }
}
