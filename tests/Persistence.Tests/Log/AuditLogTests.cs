using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Tests.Providers;
using BackupOnline.Persistence.Tests.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Tests.Log;

public sealed class AuditLogTests(DatabaseFixture fixture)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly OutboxReader _outbox = new(fixture.Database);
    private readonly OutboxWriter _notes = new(fixture.Database);
    private readonly AuditLogWriter _writer = new(fixture.Database);
    private readonly AuditLogReader _reader = new(fixture.Database);
    private readonly string _scope = DatabaseFixture.NewName("t");

    [Fact]
    public async Task Facts_wait_in_order_of_time_and_move_into_the_log_with_everything_they_say()
    {
        await NoteAsync("b", Noon.AddSeconds(1));
        await NoteAsync("c", Noon.AddTicks(20));
        await NoteAsync("a", Noon.AddSeconds(1));
        var waiting = await PendingAsync();
        Assert.Equal(["c", "a", "b"], waiting.Select(r => r.Grain[^1..]));
        Assert.Contains(_scope, await _outbox.WaitingScopesAsync(CancellationToken.None));

        await AppendAsync(Entries(waiting, 1, Zeros));

        Assert.Empty(await PendingAsync());
        var page = await _reader.PageAsync(_scope, 1, 10, CancellationToken.None);
        Assert.Equal([2, 3], page.Select(e => e.Number));
        Assert.Equivalent(waiting[1].Fact, page[0].Fact, strict: true);
        var head = await _reader.HeadAsync(_scope, CancellationToken.None);
        Assert.Equal((3, page[1].Hash), (head.Number, head.Hash));
        Assert.True(await _reader.ContainsFactAsync($"note/{_scope}/a", 0, 0, CancellationToken.None));
    }

    [Fact]
    public async Task An_empty_log_has_number_zero_and_a_hash_of_zeros()
    {
        var head = await _reader.HeadAsync(_scope, CancellationToken.None);

        Assert.Equal((0, Zeros), (head.Number, head.Hash));
    }

    [Fact]
    public async Task Appending_the_same_again_is_done_already()
    {
        await NoteAsync("a", Noon);
        var entries = Entries(await PendingAsync(), 1, Zeros);
        await AppendAsync(entries);

        await AppendAsync(entries);

        Assert.Single(await _reader.PageAsync(_scope, 0, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_taken_number_a_gap_a_foreign_hash_and_a_known_fact_are_refused_whole()
    {
        await NoteAsync("a", Noon);
        var first = Entries(await PendingAsync(), 1, Zeros);
        await AppendAsync(first);
        await NoteAsync("b", Noon);
        await NoteAsync("c", Noon);
        var waiting = await PendingAsync();

        await Assert.ThrowsAsync<LogConflictException>(() => AppendAsync(Entries(waiting, 1, Zeros)));
        await Assert.ThrowsAsync<LogConflictException>(() => AppendAsync(Entries(waiting, 3, first[0].Hash)));
        await Assert.ThrowsAsync<LogConflictException>(() => AppendAsync(Entries(waiting, 2, new('b', 64))));
        OutboxRow[] knownAgain = [waiting[0], new() { Grain = first[0].Grain, Version = 0, Ordinal = 0, Fact = first[0].Fact }];
        await Assert.ThrowsAsync<LogConflictException>(() => AppendAsync(Entries(knownAgain, 2, first[0].Hash)));

        Assert.Single(await _reader.PageAsync(_scope, 0, 10, CancellationToken.None));
        Assert.Equal(2, (await PendingAsync()).Count);
    }

    [Fact]
    public async Task Of_16_that_append_at_one_head_one_does()
    {
        for (var i = 0; i < 16; i++)
            await NoteAsync($"{i:x}", Noon);
        var waiting = await PendingAsync();

        var appended = await OrleansSql.RaceAsync(async i =>
        {
            try
            {
                await AppendAsync(Entries([waiting[i]], 1, Zeros));
                return true;
            }
            catch (LogConflictException)
            {
                return false;
            }
        });

        Assert.Single(appended, a => a);
        Assert.Equal(15, (await PendingAsync()).Count);
    }

    [Fact]
    public async Task A_note_is_taken_once_while_it_waits_and_after_it_was_logged()
    {
        await NoteAsync("a", Noon);
        await NoteAsync("a", Noon.AddDays(1));
        await AppendAsync(Entries(await PendingAsync(), 1, Zeros));

        await NoteAsync("a", Noon);

        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task Entries_of_a_finer_time_than_the_database_keeps_are_refused_because_their_hash_could_not_be_recomputed()
    {
        OutboxRow row = new() { Grain = "note/x", Version = 0, Ordinal = 0, Fact = RecordedBench.Fact(_scope, at: Noon.AddTicks(1)) };

        await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(Entries([row], 1, Zeros)));
    }

    [Theory]
    [InlineData("update audit_entry set event = 'nothing'")]
    [InlineData("update audit_entry set event = 'nothing' where false")]
    [InlineData("delete from audit_entry")]
    [InlineData("truncate audit_entry")]
    [InlineData("alter table audit_entry disable trigger all", false)]
    [InlineData("drop table audit_entry", false)]
    public async Task The_log_may_not_be_changed(string attempt, bool ownerToo = true)
    {
        await NoteAsync("a", Noon);
        await AppendAsync(Entries(await PendingAsync(), 1, Zeros));

        await ShouldBeRefusedAsync(fixture.Database, attempt);
        if (ownerToo)
        {
            await ShouldBeRefusedAsync(fixture.Owner, attempt);
            await ShouldBeRefusedAsync(fixture.Owner, $"set session_replication_role = replica; {attempt}");
        }
    }

    private static string Zeros { get; } = new('0', 64);

    private static async Task ShouldBeRefusedAsync(NpgsqlDataSource database, string attempt)
    {
        await using var command = database.CreateCommand(attempt);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task NoteAsync(string id, DateTimeOffset at) => _notes.NoteAsync(id, RecordedBench.Fact(_scope, at: at), CancellationToken.None);

    private Task<IReadOnlyList<OutboxRow>> PendingAsync() => _outbox.PendingAsync(_scope, 100, CancellationToken.None);

    private Task AppendAsync(IReadOnlyList<LogEntryRow> entries) => _writer.AppendAsync(entries, CancellationToken.None);

    // Any hash will do here: the chain itself is a rule.
    private static List<LogEntryRow> Entries(IReadOnlyList<OutboxRow> rows, long from, string previous)
    {
        var entries = new List<LogEntryRow>();
        foreach (var row in rows)
        {
            var hash = $"{from + entries.Count:x}".PadLeft(64, 'a');
            entries.Add(new()
            {
                Number = from + entries.Count,
                Grain = row.Grain,
                Version = row.Version,
                Ordinal = row.Ordinal,
                Fact = row.Fact,
                PreviousHash = entries.Count == 0 ? previous : entries[^1].Hash,
                Hash = hash,
            });
        }

        return entries;
    }
}
