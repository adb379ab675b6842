using System.Text.Json;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace BackupOnline.Persistence.Schedules;

/// <summary>
/// The partition's side of the schedule table: claims in sets, outcomes in sets (design decision 8). Time is the caller's, so that a test's clock rules.
/// </summary>
/// <remarks>
/// Whoever claims may be one of two activations of a partition, for a moment after a failure: a row that one has locked the other skips, a row that one has
/// leased is not ready, and an outcome counts only under the very lease that it was claimed with.
/// </remarks>
public sealed class ScheduleClaims(NpgsqlDataSource database, IOptions<ClusterOptions> cluster)
{
    // No column of an index changes: where the page has room, a claim writes no index (heap-only update).
    private const string Claim = """
        with due as (
            select ctid as place from schedule where service_id = $1 and partition = $2 and ready_at <= $3 and (lease_until is null or lease_until <= $3)
            order by ready_at limit $6 for update skip locked)
        update schedule s set lease = $5, lease_until = $4, claimed_due = s.next_due,
            attempt = case when s.claimed_due = s.next_due then s.attempt + 1 else 1 end
        from due where s.ctid = due.place
        returning s.id, s.target, s.kind, s.timing, s.generation, s.next_due, s.attempt
        """;

    // Among more rows than two claimers may hold at once, one that is ready would be found.
    private const string Next = """
        select least(
            (select min(ready_at) from schedule where service_id = $1 and partition = $2 and ready_at > $3),
            (select min(greatest(ready_at, lease_until)) from (
                select ready_at, lease_until from schedule where service_id = $1 and partition = $2 and ready_at <= $3 order by ready_at limit 1100) as first))
        """;

    private const string Outcomes = """
        unnest($2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::boolean[])
            as o (id, lease, generation, outcome, ready_at, started_at, ended_at, why, trouble)
        """;

    private const string Delete = """
        delete from schedule s using unnest($2::text[], $3::uuid[], $4::bigint[]) as o (id, lease, generation)
        where s.service_id = $1 and s.id = o.id and s.lease = o.lease and s.generation = o.generation
        """;

    // An outcome of an older generation frees the row and leaves the owner's due instant alone.
    private const string Release = $"""
        update schedule s set
            next_due = case when s.generation = o.generation and o.outcome = 'done' then o.ready_at else s.next_due end,
            ready_at = case when o.outcome = 'unanswered' then greatest(s.lease_until, s.next_due, case when s.generation = o.generation then o.ready_at end)
                            when s.generation = o.generation then o.ready_at else s.next_due end,
            lease = case when o.outcome = 'unanswered' then s.lease end,
            lease_until = case when o.outcome = 'unanswered' then s.lease_until end,
            last_due = s.claimed_due, last_started_at = o.started_at, last_ended_at = o.ended_at, last_outcome = o.outcome, last_why = o.why,
            failures_in_a_row = case when o.outcome = 'done' then 0 else s.failures_in_a_row + 1 end,
            troubles = s.troubles + o.trouble::int
        from {Outcomes}
        where s.service_id = $1 and s.id = o.id and s.lease = o.lease
        """;

    private const string Record = $"""
        with freed as ({Release} returning s.id, s.claimed_due, s.attempt, s.troubles, o.outcome, o.started_at, o.ended_at, o.why, o.trouble, s.ready_at),
        written as (
            insert into schedule_trouble (service_id, schedule, slot, due, attempt, started_at, ended_at, outcome, why)
            select $1, id, (troubles - 1) % 16, claimed_due, attempt, started_at, ended_at, outcome, why from freed where trouble
            on conflict (service_id, schedule, slot) do update set due = excluded.due, attempt = excluded.attempt,
                started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome, why = excluded.why)
        select min(ready_at) from freed
        """;

    private const string Free = $"with freed as ({Release} returning s.ready_at) select min(ready_at) from freed";

    /// <summary>Claims up to <paramref name="limit"/> rows of a partition that are ready at <paramref name="now"/>, the longest due first, and says when to look again.</summary>
    public async Task<ScheduleClaim> ClaimAsync(int partition, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        var until = (now + lease).ToUniversalTime();
        await using var batch = database.CreateBatch();
        var claim = Command(Claim, new NpgsqlParameter<short> { TypedValue = (short)partition });
        claim.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
        claim.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until });
        claim.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        claim.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        batch.BatchCommands.Add(claim);
        var next = Command(Next, new NpgsqlParameter<short> { TypedValue = (short)partition });
        next.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
        batch.BatchCommands.Add(next);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var firings = new List<ClaimedFiring>();
        while (await reader.ReadAsync(cancellation))
            firings.Add(Read(reader, id, until));
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(firings, reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0));
    }

    /// <summary>
    /// Writes what became of claimed firings, all or none. Those whose lease was lost, or whose row is gone, change nothing; the same call again changes nothing.
    /// Answers the earliest instant at which one of them may be claimed again.
    /// </summary>
    public async Task<DateTimeOffset?> EndAsync(IReadOnlyList<EndedFiring> ended, CancellationToken cancellation)
    {
        if (ended.Count == 0)
            return null;
        await using var batch = database.CreateBatch();
        var gone = ended.Where(e => e.Ending == FiringEnding.Ended).ToList();
        if (gone.Count > 0)
            batch.BatchCommands.Add(Command(Delete, [.. Identity(gone)]));
        batch.BatchCommands.Add(Command(
            ended.Any(e => e.IsTrouble) ? Record : Free,
            [
                .. Identity(ended),
                Array(ended, e => e.Ending switch { FiringEnding.Failed => "failed", FiringEnding.Unanswered => "unanswered", _ => "done" }),
                Array(ended, e => e.ReadyAt.ToUniversalTime()),
                Array(ended, e => e.StartedAt.ToUniversalTime()),
                Array(ended, e => e.EndedAt.ToUniversalTime()),
                Array(ended, e => e.Why is null ? null : StorableText.Of(e.Why)),
                Array(ended, e => e.IsTrouble),
            ]));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0);
    }

    private static ClaimedFiring Read(NpgsqlDataReader reader, Guid lease, DateTimeOffset until) => new()
    {
        Schedule = reader.GetString(0),
        Target = reader.GetString(1),
        Kind = reader.GetString(2),
        Timing = JsonSerializer.Deserialize<TimingSpec>(reader.GetString(3), ListingJson.Options)!,
        Generation = reader.GetInt64(4),
        DueAt = reader.GetFieldValue<DateTimeOffset>(5),
        Attempt = reader.GetInt32(6),
        Lease = lease,
        LeaseUntil = until,
    };

    private static IEnumerable<NpgsqlParameter> Identity(IReadOnlyList<EndedFiring> ended) =>
        [Array(ended, e => e.Firing.Schedule), Array(ended, e => e.Firing.Lease), Array(ended, e => e.Firing.Generation)];

    private static NpgsqlParameter<T[]> Array<T>(IReadOnlyList<EndedFiring> ended, Func<EndedFiring, T> column) => new() { TypedValue = [.. ended.Select(column)] };

    private NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster.Value.ServiceId });
        command.Parameters.AddRange(parameters);
        return command;
    }
}
