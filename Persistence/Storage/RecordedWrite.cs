using Npgsql;
using NpgsqlTypes;

namespace BackupOnline.Persistence.Storage;

/// <summary>The commands of one write, in order. The batch is one implicit transaction.</summary>
internal sealed class RecordedWrite(StateAddress address, long versionBefore, byte[]? payload, RecordedState? recorded)
{
    // "The state row carries my new version, and this very transaction wrote it."
    public const string Fence = """
        exists (select from grain_state where grain_id = $1 and state_name = $2 and service_id = $3
                and version = $4 and xmin = pg_current_xact_id()::xid)
        """;

    public void AddTo(NpgsqlBatch batch)
    {
        if (versionBefore == 0)
            Add(batch, "insert into grain_state (grain_id, state_name, service_id, version, payload) values ($1, $2, $3, $4, $5) on conflict do nothing returning version", Bytes(payload));
        else
            Add(batch, "update grain_state set version = $4, payload = $5 where grain_id = $1 and state_name = $2 and service_id = $3 and version = $4 - 1 returning version", Bytes(payload));
        if (recorded is null)
            return;
        AddFacts(batch);
        AddArrivals(batch);
        AddSchedules(batch);
        AddListing(batch);
    }

    /// <summary>After success: what was pending is told.</summary>
    public void Forget()
    {
        recorded?.Facts.Clear();
        recorded?.Arrivals.Clear();
        recorded?.Schedules.Clear();
    }

    private void AddFacts(NpgsqlBatch batch)
    {
        for (var ordinal = 0; ordinal < recorded!.Facts.Count; ordinal++)
        {
            var fact = recorded.Facts[ordinal];
            Add(
                batch,
                $"insert into outbox (grain_id, version, ordinal, scope, event, at, actor, subject, address, details) select $1, $4, $5, $6, $7, $8, $9, $10, $11, $12 where {Fence}",
                [new NpgsqlParameter<int> { TypedValue = ordinal }, .. FactParameters.Of(fact)]);
        }
    }

    private void AddArrivals(NpgsqlBatch batch)
    {
        var arrivals = recorded!.Arrivals;
        if (arrivals.Count == 0)
            return;
        Add(
            batch,
            $"""
            insert into arrival (tenant, vault, snapshot, received_at, bytes, key_id)
            select * from unnest($5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::bigint[], $10::text[]) where {Fence}
            on conflict do nothing
            """,
            Array(arrivals, a => a.Tenant),
            Array(arrivals, a => a.Vault),
            Array(arrivals, a => a.Snapshot),
            Array(arrivals, a => a.ReceivedAt.ToUniversalTime()),
            Array(arrivals, a => a.Bytes),
            Array(arrivals, a => a.KeyId));
    }

    private void AddSchedules(NpgsqlBatch batch)
    {
        // The last word on a schedule counts; in order of id, so that two writers of several never wait for each other in a circle.
        var rows = recorded!.Schedules.GroupBy(r => r.Id).Select(same => same.Last()).OrderBy(r => r.Id, StringComparer.Ordinal).ToLookup(r => r.NextDue is not null);
        if (rows[true].Any())
            Add(batch, ScheduleWrite.Upsert, ScheduleWrite.UpsertParameters([.. rows[true]]));
        if (rows[false].Any())
            Add(batch, ScheduleWrite.Delete, ScheduleWrite.DeleteParameters([.. rows[false]]));
    }

    private void AddListing(NpgsqlBatch batch)
    {
        if (recorded!.ToListing(versionBefore + 1) is not { } listing)
            return;
        NpgsqlParameter[] name = [Text(listing.Kind), Text(listing.Scope), Text(listing.Name)];
        if (payload is null)
            Add(batch, $"delete from listing where kind = $5 and scope = $6 and name = $7 and {Fence}", name);
        else
            Add(
                batch,
                $"""
                insert into listing (kind, scope, name, version, view) select $5, $6, $7, $4, $8 where {Fence}
                on conflict (kind, scope, name) do update set version = excluded.version, view = excluded.view
                """,
                [.. name, new() { Value = StorableText.OfJson(listing.View), NpgsqlDbType = NpgsqlDbType.Jsonb }]);
    }

    private void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        address.AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = versionBefore + 1 });
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Bytes(byte[]? value) => new() { Value = value is null ? DBNull.Value : value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<T[]> Array<TRow, T>(List<TRow> rows, Func<TRow, T> column) => new() { TypedValue = [.. rows.Select(column)] };
}
