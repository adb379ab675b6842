using System.Runtime.CompilerServices;
using Npgsql;

namespace BackupOnline.Persistence.Traffic;

/// <summary>The samples of metering. Half-open ranges of slots.</summary>
public sealed class TrafficSamples(NpgsqlDataSource database, SlotPartitions partitions)
{
    /// <summary>
    /// Stores a node's cumulative counters, keeping the larger of each, in one transaction; answers what the tenant's slots amount to then.
    /// </summary>
    /// <param name="rows">Of one node and boot, each slot once, none of them all zero.</param>
    public async Task<IReadOnlyList<SlotSum>> MergeAsync(string tenant, string node, string boot, IReadOnlyCollection<SlotSum> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return [];
        await partitions.EnsureAsync(rows.Min(row => row.Slot), rows.Max(row => row.Slot), cancellation);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Upsert(tenant, node, boot, rows));
        batch.BatchCommands.Add(Sums("slot = any ($2)", tenant, new NpgsqlParameter<int[]> { TypedValue = [.. rows.Select(row => row.Slot)] }));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);

        // The upsert has no result of its own.
        return await ReadSumsAsync(reader, cancellation);
    }

    /// <summary>A tenant's slots with traffic, over all nodes, in order.</summary>
    public async Task<IReadOnlyList<SlotSum>> SumsAsync(string tenant, int from, int to, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sums("slot >= $2 and slot < $3", tenant, new NpgsqlParameter<int> { TypedValue = from }, new NpgsqlParameter<int> { TypedValue = to }));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await ReadSumsAsync(reader, cancellation);
    }

    /// <summary>The first slot in which the tenant had traffic, not before <paramref name="from"/>; null when there is none.</summary>
    public async Task<int?> FirstSlotAsync(string tenant, int from, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select min(slot) from traffic_sample where tenant = $1 and slot >= $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    /// <summary>The raw rows, in order of slot, node and boot: what anyone needs to recompute a month.</summary>
    /// <param name="after">Rows after this one; null from the start.</param>
    public async IAsyncEnumerable<SampleRow> StreamAsync(
        string tenant, int from, int to, (int Slot, string Node, string Boot)? after, int? limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select slot, node, boot, bytes_in, bytes_out from traffic_sample
            where tenant = $1 and slot >= $2 and slot < $3 and (slot, node, boot) > ($4, $5, $6)
            order by slot, node, boot limit $7
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after?.Slot ?? -1 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Node ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Boot ?? "" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit ?? int.MaxValue });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4));
    }

    /// <summary>The raw rows of many tenants, each as a position in <paramref name="tenants"/> and a row: tenants in their order, rows as in <see cref="StreamAsync"/>.</summary>
    public async IAsyncEnumerable<(int Tenant, SampleRow Row)> StreamManyAsync(
        IReadOnlyList<string> tenants, int from, int to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select wanted.position::integer - 1, sample.* from unnest($1::text[]) with ordinality as wanted (tenant, position)
            cross join lateral (
                select slot, node, boot, bytes_in, bytes_out from traffic_sample
                where tenant = wanted.tenant and slot >= $2 and slot < $3 order by slot, node, boot) sample
            """);
        command.CommandTimeout = 300;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tenants] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return (reader.GetInt32(0), new(reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5)));
    }

    private static NpgsqlBatchCommand Upsert(string tenant, string node, string boot, IReadOnlyCollection<SlotSum> rows) => new("""
        insert into traffic_sample as known (tenant, slot, node, boot, bytes_in, bytes_out)
        select $1, slot, $2, $3, bytes_in, bytes_out from unnest($4::integer[], $5::bigint[], $6::bigint[]) as report (slot, bytes_in, bytes_out)
        order by slot
        on conflict (tenant, slot, node, boot) do update
        set bytes_in = greatest(known.bytes_in, excluded.bytes_in), bytes_out = greatest(known.bytes_out, excluded.bytes_out)
        where known.bytes_in < excluded.bytes_in or known.bytes_out < excluded.bytes_out
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = tenant },
            new NpgsqlParameter<string> { TypedValue = node },
            new NpgsqlParameter<string> { TypedValue = boot },
            new NpgsqlParameter<int[]> { TypedValue = [.. rows.Select(row => row.Slot)] },
            new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.InBytes)] },
            new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.OutBytes)] },
        },
    };

    private static NpgsqlBatchCommand Sums(string condition, string tenant, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(
            $"select slot, sum(bytes_in)::bigint, sum(bytes_out)::bigint from traffic_sample where tenant = $1 and {condition} group by slot order by slot");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static async Task<IReadOnlyList<SlotSum>> ReadSumsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var sums = new List<SlotSum>();
        while (await reader.ReadAsync(cancellation))
            sums.Add(new(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)));
        return sums;
    }
}
