using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Queries;

/// <summary>Lists, read from rows that were written with the state that they show.</summary>
public sealed class Listings(NpgsqlDataSource database)
{
    /// <summary>In order of name, from the first after <paramref name="after"/>.</summary>
    public Task<ListingPage> PageAsync(string kind, string scope, string? after, int limit, CancellationToken cancellation) =>
        ReadPageAsync("and ($3::text is null or name > $3) order by name", kind, scope, after, limit, cancellation);

    /// <summary>In reverse order of name: for jobs, whose ids are in order of time, the newest first.</summary>
    public Task<ListingPage> PageNewestFirstAsync(string kind, string scope, string? after, int limit, CancellationToken cancellation) =>
        ReadPageAsync("and ($3::text is null or name < $3) order by name desc", kind, scope, after, limit, cancellation);

    public async Task<ListingRow?> FindAsync(string kind, string scope, string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select kind, scope, name, view from listing where kind = $1 and scope = $2 and name = $3");
        Add(command, kind);
        Add(command, scope);
        Add(command, name);
        return await FirstAsync(command, cancellation);
    }

    /// <summary>By name alone: for kinds whose names are unique over all scopes, such as jobs.</summary>
    public async Task<ListingRow?> FindByNameAsync(string kind, string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select kind, scope, name, view from listing where kind = $1 and name = $2 order by scope limit 1");
        Add(command, kind);
        Add(command, name);
        return await FirstAsync(command, cancellation);
    }

    public async Task<long> CountAsync(string kind, string scope, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(*) from listing where kind = $1 and scope = $2");
        Add(command, kind);
        Add(command, scope);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<ListingPage> ReadPageAsync(string order, string kind, string scope, string? after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select kind, scope, name, view from listing where kind = $1 and scope = $2 {order} limit $4");
        Add(command, kind);
        Add(command, scope);
        Add(command, after);

        // One more than asked tells whether there is a next page.
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<ListingRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(Read(reader));
        return rows.Count <= limit ? new(rows, null) : new(rows[..limit], rows[limit - 1].Name);
    }

    private static async Task<ListingRow?> FirstAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static ListingRow Read(NpgsqlDataReader reader) =>
        new() { Kind = reader.GetString(0), Scope = reader.GetString(1), Name = reader.GetString(2), View = reader.GetString(3) };

    private static void Add(NpgsqlCommand command, string? value) => command.Parameters.Add(FactParameters.Text(value));
}
