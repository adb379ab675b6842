using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Audit;

/// <summary>Orders and hashes the entries of one log; the entries are rows (decision 7a). Key: <see cref="Names.LogKey"/>.</summary>
[Alias("bo.log")]
public interface IAuditLogGrain : IGrainWithStringKey
{
    /// <summary>Something waits in the outbox for this log. A hint: the sweep finds it too.</summary>
    [OneWay]
    [Alias("poke")]
    Task PokeAsync();

    /// <summary>Moves everything that waits now into the log, and answers when it is there.</summary>
    [Alias("drain")]
    Task<LogCheckpoint> DrainAsync(CancellationToken cancellation);

    /// <summary>Appends a security event that no grain's state tells of (a throttled address, a foreign vault). Idempotent by the fact's id.</summary>
    [Alias("note")]
    Task NoteAsync(LogFact fact, CancellationToken cancellation);
}
