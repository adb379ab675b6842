using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Log;

/// <summary>Appends to a log, and takes what is appended out of the outbox in the same transaction.</summary>
public sealed class AuditLogWriter(NpgsqlDataSource database)
{
    /// <summary>
    /// Appends the entries of one log, all or none. They must follow the head without a gap and continue its hash. The same call again is done already.
    /// </summary>
    /// <exception cref="LogConflictException">The head is elsewhere, or a fact has another place in the log.</exception>
    public async Task AppendAsync(IReadOnlyList<LogEntryRow> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
            return;
        Require(entries);
        if (!await TryAppendAsync(entries, cancellation) && !await StandsAsync(entries, cancellation))
            throw new LogConflictException($"The log '{entries[0].Fact.Scope}' cannot take entry {entries[0].Number}: its head is elsewhere, or the fact is there already.");
    }

    private static void Require(IReadOnlyList<LogEntryRow> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Fact.Scope != entries[0].Fact.Scope || entry.Number != entries[0].Number + i || (i > 0 && entry.PreviousHash != entries[i - 1].Hash))
                throw new ArgumentException("Entries must be of one log, numbered without a gap, each continuing the hash of the one before.", nameof(entries));
            if (entry.Fact.At.Ticks % TimeSpan.TicksPerMicrosecond != 0)
                throw new ArgumentException("The database keeps microseconds: hash a fact with the time that the outbox gave back.", nameof(entries));
        }
    }

    private async Task<bool> TryAppendAsync(IReadOnlyList<LogEntryRow> entries, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        var insert = new NpgsqlBatchCommand("""
            insert into audit_entry (scope, number, grain_id, version, ordinal, at, event, actor, subject, address, details, previous_hash, hash)
            select $1, * from unnest($2::bigint[], $3::text[], $4::bigint[], $5::int[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[],
                                     $11::text[]::jsonb[], $12::text[], $13::text[])
            where ($14::bigint, $15::text) = (
                select coalesce(max(number), 0), coalesce(max(hash), repeat('0', 64))
                from (select number, hash from audit_entry where scope = $1 order by number desc limit 1) head)
            """);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = entries[0].Fact.Scope });
        Array(insert, entries, e => e.Number);
        Array(insert, entries, e => e.Grain);
        Array(insert, entries, e => e.Version);
        Array(insert, entries, e => e.Ordinal);
        Array(insert, entries, e => e.Fact.At.ToUniversalTime());
        Array(insert, entries, e => e.Fact.Event);
        Array(insert, entries, e => e.Fact.Actor);
        Array(insert, entries, e => e.Fact.Subject);
        Array(insert, entries, e => e.Fact.Address);
        Array(insert, entries, e => FactParameters.Details(e.Fact.Details).Value as string);
        Array(insert, entries, e => e.PreviousHash);
        Array(insert, entries, e => e.Hash);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = entries[0].Number - 1 });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = entries[0].PreviousHash });
        batch.BatchCommands.Add(insert);

        // Only what the log holds leaves the outbox, whatever became of the insert.
        var delete = new NpgsqlBatchCommand("""
            delete from outbox o using unnest($1::text[], $2::bigint[], $3::int[]) as f (grain_id, version, ordinal), audit_entry e
            where (o.grain_id, o.version, o.ordinal) = (f.grain_id, f.version, f.ordinal)
              and (e.grain_id, e.version, e.ordinal) = (f.grain_id, f.version, f.ordinal)
            """);
        Array(delete, entries, e => e.Grain);
        Array(delete, entries, e => e.Version);
        Array(delete, entries, e => e.Ordinal);
        batch.BatchCommands.Add(delete);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
            return insert.RecordsAffected == entries.Count;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private async Task<bool> StandsAsync(IReadOnlyList<LogEntryRow> entries, CancellationToken cancellation)
    {
        var there = await new AuditLogReader(database).PageAsync(entries[0].Fact.Scope, entries[0].Number - 1, entries.Count, cancellation);
        return there.Select(Identity).SequenceEqual(entries.Select(Identity));
    }

    private static (long Number, string Hash, string Grain, long Version, int Ordinal) Identity(LogEntryRow entry) =>
        (entry.Number, entry.Hash, entry.Grain, entry.Version, entry.Ordinal);

    private static void Array<T>(NpgsqlBatchCommand command, IReadOnlyList<LogEntryRow> entries, Func<LogEntryRow, T> column) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. entries.Select(column)] });
}
