using System.Collections.Immutable;
using System.Security.Cryptography;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Log;
using BackupOnline.Rules.Audit;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace BackupOnline.Grains.Audit;

/// <summary>Gives what waits in the outbox its number and hash. Keeps nothing itself: the head is the last row of the log.</summary>
internal sealed partial class AuditLogGrain(
    IGrainContext context,
    OutboxReader outbox,
    OutboxWriter notes,
    AuditLogReader log,
    AuditLogWriter writer,
    TimeProvider clock,
    ILogger<AuditLogGrain> logger) : Grain, IAuditLogGrain
{
    /// <summary>Entries in one transaction.</summary>
    private const int BatchSize = 500;

    /// <summary>Another activation may have been faster; during a failure of silos there can be two for a moment.</summary>
    private const int Tries = 10;

    /// <summary>Two that race wait for a time drawn at random, or the slower one could lose every time.</summary>
    private const int MostPauseMilliseconds = 50;

    /// <summary>A burst of pokes becomes one drain.</summary>
    private static readonly TimeSpan PokePause = TimeSpan.FromMilliseconds(50);

    private IGrainTimer? drainer;
    private bool isDue;

    private LogKey Key { get; } = LogKey.Parse(context.GrainId.Key.ToString()!);

    public Task PokeAsync()
    {
        DrainSoon();
        return Task.CompletedTask;
    }

    public async Task<LogCheckpoint> DrainAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await MoveAllAsync(cancellation);
            }
            catch (LogConflictException conflict) when (attempt < Tries)
            {
                LogHeadMoved(conflict, Key);
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MostPauseMilliseconds)), clock, cancellation);
            }
        }
    }

    public async Task NoteAsync(LogFact fact, CancellationToken cancellation)
    {
        await notes.NoteAsync(
            fact.Id,
            new() { Scope = Key.Scope, Event = fact.Event, At = clock.GetUtcNow(), Actor = fact.Actor, Subject = fact.Subject, Address = fact.Address, Details = fact.Details },
            cancellation);
        DrainSoon();
    }

    private void DrainSoon()
    {
        if (isDue) return;
        isDue = true;
        drainer ??= this.RegisterGrainTimer(DrainWhenDueAsync, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        drainer.Change(PokePause, Timeout.InfiniteTimeSpan);
    }

    private async Task DrainWhenDueAsync(CancellationToken cancellation)
    {
        isDue = false;
        try
        {
            await DrainAsync(cancellation);
        }
        catch (Exception fault)
        {
            LogDrainFailed(fault, Key);
        }
    }

    private async Task<LogCheckpoint> MoveAllAsync(CancellationToken cancellation)
    {
        var head = await log.HeadAsync(Key.Scope, cancellation);
        while (true)
        {
            var waiting = await outbox.PendingAsync(Key.Scope, BatchSize, cancellation);
            if (waiting.Count == 0) return head;

            var entries = Number(waiting, head);
            await writer.AppendAsync(entries, cancellation);
            head = head with { Number = entries[^1].Number, Hash = entries[^1].Hash };
        }
    }

    private List<LogEntryRow> Number(IReadOnlyList<OutboxRow> waiting, LogCheckpoint head)
    {
        var entries = new List<LogEntryRow>(waiting.Count);
        var (number, hash) = (head.Number, head.Hash);
        foreach (var row in waiting)
        {
            number++;
            var next = LogChain.Link(ToEntry(row, number), hash);
            entries.Add(new()
            {
                Number = number,
                Grain = row.Grain,
                Version = row.Version,
                Ordinal = row.Ordinal,
                Fact = row.Fact,
                PreviousHash = hash,
                Hash = next,
            });
            hash = next;
        }

        return entries;
    }

    private LogEntry ToEntry(OutboxRow row, long number) => new()
    {
        Scope = Key.Scope,
        Number = number,
        At = Instant.FromDateTimeOffset(row.Fact.At),
        Event = row.Fact.Event,
        Actor = row.Fact.Actor,
        Subject = row.Fact.Subject,
        Address = row.Fact.Address,
        Details = row.Fact.Details.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };
}
