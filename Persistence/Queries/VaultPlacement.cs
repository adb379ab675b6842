using BackupOnline.Grains.Interfaces.Names;
using Npgsql;

namespace BackupOnline.Persistence.Queries;

/// <summary>Which node holds a vault, as its Vault grain wrote it.</summary>
public sealed class VaultPlacement(NpgsqlDataSource database)
{
    /// <summary>The node's name, or null for a vault that is not known.</summary>
    public async Task<string?> NodeOfAsync(VaultKey vault, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select node from vault_placement where tenant = $1 and vault = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = vault.Tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = vault.Vault });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>The vaults of a node, in order, from the first after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<VaultKey>> VaultsOfAsync(string node, VaultKey? after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select tenant, vault from vault_placement where node = $1 and (tenant, vault) > ($2, $3) order by tenant, vault limit $4");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Tenant ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Vault ?? "" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var vaults = new List<VaultKey>();
        while (await reader.ReadAsync(cancellation))
            vaults.Add(new(reader.GetString(0), reader.GetString(1)));
        return vaults;
    }
}
