using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Log;

/// <summary>Puts facts into the outbox that no grain's state tells of.</summary>
public sealed class OutboxWriter(NpgsqlDataSource database)
{
    /// <summary>Idempotent by <paramref name="id"/> within the fact's scope, also after the fact has moved into the log: it then stands there as grain <c>note/{scope}/{id}</c>, version 0.</summary>
    public async Task NoteAsync(string id, FactRow fact, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            insert into outbox (grain_id, version, ordinal, scope, event, at, actor, subject, address, details)
            select $1, 0, 0, $2, $3, $4, $5, $6, $7, $8
            where not exists (select from audit_entry where grain_id = $1 and version = 0 and ordinal = 0)
            on conflict do nothing
            """);
        command.Parameters.Add(FactParameters.Text($"note/{fact.Scope}/{id}"));
        command.Parameters.AddRange(FactParameters.Of(fact));
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
