using System.Text.Json;
using BackupOnline.Persistence.Schedules;
using Npgsql;

namespace BackupOnline.Persistence.Storage;

/// <summary>The owner's side of the schedule table, as commands of a <see cref="RecordedWrite"/>. Parameters $1 to $4 are the fence's.</summary>
internal static class ScheduleWrite
{
    // A lease is the partition's: it outlasts the change, so that two deliveries never run side by side.
    public const string Upsert = $"""
        insert into schedule as s (service_id, id, partition, target, kind, scope, timing, next_due, ready_at)
        select $3, r.id, r.partition, r.target, r.kind, r.scope, r.timing::jsonb, r.next_due, r.next_due
        from unnest($5::text[], $6::smallint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[])
            as r (id, partition, target, kind, scope, timing, next_due)
        where {RecordedWrite.Fence}
        on conflict (service_id, id) do update set
            target = excluded.target, kind = excluded.kind, scope = excluded.scope, timing = excluded.timing,
            generation = s.generation + 1, next_due = excluded.next_due, failures_in_a_row = 0,
            ready_at = case when s.lease is null then excluded.next_due else greatest(excluded.next_due, s.lease_until) end
        """;

    public const string Delete = $"delete from schedule where service_id = $3 and id = any ($5) and {RecordedWrite.Fence}";

    public static NpgsqlParameter[] UpsertParameters(IReadOnlyList<ScheduleRow> rows) =>
    [
        Array(rows, r => r.Id),
        Array(rows, r => (short)SchedulePartitions.Of(r.Id)),
        Array(rows, r => r.Target.ToString()),
        Array(rows, r => r.Kind),
        Array(rows, r => r.Scope),
        Array(rows, r => JsonSerializer.Serialize(r.Timing, ListingJson.Options)),
        Array(rows, r => r.NextDue!.Value.ToUniversalTime()),
    ];

    public static NpgsqlParameter[] DeleteParameters(IReadOnlyList<ScheduleRow> rows) => [Array(rows, r => r.Id)];

    private static NpgsqlParameter<T[]> Array<T>(IReadOnlyList<ScheduleRow> rows, Func<ScheduleRow, T> column) => new() { TypedValue = [.. rows.Select(column)] };
}
