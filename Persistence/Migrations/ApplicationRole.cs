using BackupOnline.Persistence.Connections;
using Npgsql;

namespace BackupOnline.Persistence.Migrations;

/// <summary>The role that the application runs as. Roles belong to the whole server, so another database's migration may make it at the same moment.</summary>
internal static class ApplicationRole
{
    public static async Task EnsureAsync(NpgsqlConnection owner, string? login, CancellationToken cancellation)
    {
        try
        {
            await CreateAsync(owner, cancellation);
            if (login is not null && login != Databases.ApplicationRole)
                await GrantAsync(owner, login, cancellation);
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseRefusedException(
                $"The role '{owner.UserName}' may not create or grant the role '{Databases.ApplicationRole}'. Have an administrator run: "
                + $"CREATE ROLE {Databases.ApplicationRole} NOLOGIN; GRANT {Databases.ApplicationRole} TO {Quote(login ?? owner.UserName!)};",
                denied);
        }
    }

    private static async Task CreateAsync(NpgsqlConnection owner, CancellationToken cancellation)
    {
        await using var known = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", owner);
        known.Parameters.Add(new() { Value = Databases.ApplicationRole });
        if ((bool)(await known.ExecuteScalarAsync(cancellation))!)
            return;
        try
        {
            await using var create = new NpgsqlCommand($"create role {Databases.ApplicationRole} nologin", owner);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another database's migration on this server was faster.
        }
    }

    private static async Task GrantAsync(NpgsqlConnection owner, string login, CancellationToken cancellation)
    {
        await using var may = new NpgsqlCommand("select pg_has_role($1::name, $2::name, 'member')", owner);
        may.Parameters.Add(new() { Value = login });
        may.Parameters.Add(new() { Value = Databases.ApplicationRole });
        if ((bool)(await may.ExecuteScalarAsync(cancellation))!)
            return;
        await using var grant = new NpgsqlCommand($"grant {Databases.ApplicationRole} to {Quote(login)}", owner);
        await grant.ExecuteNonQueryAsync(cancellation);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
