using BackupOnline.Persistence.Storage;
using Npgsql;
using NpgsqlTypes;

namespace BackupOnline.Persistence.Availability;

/// <summary>What probers saw, as runs of minutes; written by the Availability grains. Writing is idempotent and needs no version: runs only grow.</summary>
public sealed class ProbeLedger(NpgsqlDataSource database)
{
    /// <summary>In one transaction and one round trip.</summary>
    public async Task TakeAsync(string tenant, string prober, IReadOnlyCollection<ProbeRun> runs, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select probe_run_take($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = prober });
        Add(command, runs, run => run.Vault);
        Add(command, runs, run => run.Outcome);
        Add(command, runs, run => run.First.ToUniversalTime());
        Add(command, runs, run => run.Until.ToUniversalTime());
        Add(command, runs, run => run.SlowestMilliseconds);
        command.Parameters.Add(new() { Value = runs.Select(run => run.Detail is null ? null : StorableText.Of(run.Detail)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await GuardedAsync(() => command.ExecuteNonQueryAsync(cancellation));
    }

    /// <summary>The runs of all probers that reach into [from, until), by vault and time.</summary>
    public Task<List<ProbeRun>> RunsAsync(string tenant, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation) => GuardedAsync(async () =>
    {
        await using var command = database.CreateCommand(
            """
            select vault, outcome, first_minute, until_minute, slowest_ms, detail from probe_run
            where tenant = $1 and first_minute < $3 and until_minute > $2 order by vault, first_minute, outcome, prober
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var runs = new List<ProbeRun>();
        while (await reader.ReadAsync(cancellation))
        {
            runs.Add(new()
            {
                Vault = reader.GetString(0),
                Outcome = reader.GetString(1),
                First = reader.GetFieldValue<DateTimeOffset>(2),
                Until = reader.GetFieldValue<DateTimeOffset>(3),
                SlowestMilliseconds = reader.GetInt32(4),
                Detail = reader.IsDBNull(5) ? null : reader.GetString(5),
            });
        }

        return runs;
    });

    /// <summary>The tenant's vaults, by name, as their grains wrote them.</summary>
    public Task<List<OwedVault>> VaultsAsync(string tenant, CancellationToken cancellation) => GuardedAsync(async () =>
    {
        await using var command = database.CreateCommand("select name, (view ->> 'createdAt')::timestamptz from listing where kind = $1 and scope = $2 order by name");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ListingKind.Vault });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var vaults = new List<OwedVault>();
        while (await reader.ReadAsync(cancellation))
            vaults.Add(new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return vaults;
    });

    private static void Add<T>(NpgsqlCommand command, IReadOnlyCollection<ProbeRun> runs, Func<ProbeRun, T> column) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. runs.Select(column)] });

    // The driver's own exceptions cannot cross a grain call.
    private static async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            throw DatabaseFault.Translate(fault);
        }
    }
}
