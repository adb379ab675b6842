using BackupOnline.Persistence.Storage;
using Npgsql;
using NpgsqlTypes;

namespace BackupOnline.Persistence.Availability;

/// <summary>Sealed months: the first writing of a month stays for ever.</summary>
public sealed class SealedAvailability(NpgsqlDataSource database)
{
    /// <summary>Keeps the report unless the month has one; gives the one that is kept.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="month"><c>2026-11</c>.</param>
    /// <param name="sealedAt">When.</param>
    /// <param name="report">JSON, for whoever wrote it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<string> SealAsync(string tenant, string month, DateTimeOffset sealedAt, string report, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand("insert into availability_month (tenant, month, sealed_at, report) values ($1, $2, $3, $4) on conflict do nothing");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = month });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = sealedAt.ToUniversalTime() });
            command.Parameters.Add(new() { Value = StorableText.OfJson(report), NpgsqlDbType = NpgsqlDbType.Jsonb });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            throw DatabaseFault.Translate(fault);
        }

        return (await FindAsync(tenant, month, cancellation))!;
    }

    /// <summary>The kept report, or null.</summary>
    public async Task<string?> FindAsync(string tenant, string month, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand("select report::text from availability_month where tenant = $1 and month = $2");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = month });
            return await command.ExecuteScalarAsync(cancellation) as string;
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            throw DatabaseFault.Translate(fault);
        }
    }
}
