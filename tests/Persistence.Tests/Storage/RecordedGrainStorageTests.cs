using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Storage;
using BackupOnline.Persistence.Tests.Providers;
using Orleans.Storage;
using static BackupOnline.Persistence.Tests.Storage.RecordedBench;

namespace BackupOnline.Persistence.Tests.Storage;

public sealed class RecordedGrainStorageTests(DatabaseFixture fixture)
{
    private readonly IGrainStorage _storage = StorageOver(fixture.Database);
    private readonly GrainId _grain = NewGrain();
    private readonly string _scope = DatabaseFixture.NewName("t");

    [Fact]
    public async Task One_write_keeps_state_facts_arrivals_and_listing_and_forgets_what_was_pending()
    {
        var state = NewState(number: 7, listedAs: "main");
        state.State!.Facts.AddRange([Fact(_scope, "test.first"), Fact(_scope, "test.second")]);
        state.State!.Arrivals.Add(Arrival("a"));

        await _storage.WriteStateAsync(StateName, _grain, state);

        Assert.Equal(("1", true), (state.ETag, state.RecordExists));
        Assert.Empty(state.State!.Facts);
        Assert.Empty(state.State!.Arrivals);
        Assert.Equal(7, (await ReadAsync()).State!.Number);
        Assert.Equal(2, await fixture.Database.CountAsync("outbox where scope = $1 and version = 1 and grain_id = $2", _scope, _grain.ToString()));
        Assert.Equal(1, await fixture.Database.CountAsync("arrival where tenant = $1", _scope));
        Assert.Equal(1, await fixture.Database.CountAsync("vault_placement where tenant = $1 and vault = 'main' and node = 'node1'", _scope));
    }

    [Fact]
    public async Task Of_16_first_writers_the_losers_write_nothing_at_all()
    {
        var won = await OrleansSql.RaceAsync(i => TryWriteAsync(NewState(i, listedAs: $"vault{i}"), fact: true));

        await ShouldBeOneWinnerAsync(won, version: 1);
    }

    [Fact]
    public async Task Of_16_writers_at_one_version_the_losers_write_nothing_at_all()
    {
        await _storage.WriteStateAsync(StateName, _grain, NewState(0, listedAs: null));

        var won = await OrleansSql.RaceAsync(i => TryWriteAsync(NewState(i, listedAs: $"vault{i}", etag: "1"), fact: true));

        await ShouldBeOneWinnerAsync(won, version: 2);
    }

    [Fact]
    public async Task Facts_equal_versions_when_many_writers_retry_until_all_are_through()
    {
        await OrleansSql.RaceAsync(async i =>
        {
            while (true)
            {
                var state = await ReadAsync();
                state.State!.Number++;
                if (await TryWriteAsync(state, fact: true))
                    return i;
            }
        });

        Assert.Equal(16, (await ReadAsync()).State!.Number);
        Assert.Equal(16, await fixture.Database.CountAsync("outbox where scope = $1", _scope));
    }

    [Fact]
    public async Task A_fact_that_cannot_be_kept_takes_the_state_with_it()
    {
        var state = NewState(1, listedAs: null);
        state.State!.Facts.Add(Fact(_scope) with { Event = null! });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => _storage.WriteStateAsync(StateName, _grain, state));

        Assert.False((await ReadAsync()).RecordExists);
        Assert.Null(state.ETag);
    }

    [Fact]
    public async Task A_snapshot_that_is_told_twice_is_recorded_once()
    {
        var state = NewState(1, listedAs: null);
        state.State!.Arrivals.AddRange([Arrival("a"), Arrival("a")]);
        await _storage.WriteStateAsync(StateName, _grain, state);
        state.State!.Arrivals.AddRange([Arrival("a") with { Bytes = 99 }, Arrival("b")]);
        await _storage.WriteStateAsync(StateName, _grain, state);

        Assert.Equal(2, await fixture.Database.CountAsync("arrival where tenant = $1 and bytes = 5", _scope));
    }

    [Fact]
    public async Task Clearing_takes_the_listing_and_counts_versions_on()
    {
        var state = NewState(1, listedAs: "main");
        await _storage.WriteStateAsync(StateName, _grain, state);

        state.State!.Facts.Add(Fact(_scope, "test.closed"));
        await _storage.ClearStateAsync(StateName, _grain, state);

        Assert.Equal(("2", false), (state.ETag, state.RecordExists));
        Assert.Equal(0, await fixture.Database.CountAsync("listing where scope = $1", _scope));
        Assert.Equal(1, await fixture.Database.CountAsync("outbox where scope = $1 and version = 2", _scope));
        var read = await ReadAsync();
        Assert.Equal(("2", false, 0), (read.ETag, read.RecordExists, read.State!.Number));
        read.State!.Number = 5;
        await _storage.WriteStateAsync(StateName, _grain, read);
        Assert.Equal("3", read.ETag);
    }

    [Fact]
    public async Task Names_that_alias_in_Orleans_own_storage_have_states_of_their_own()
    {
        foreach (var key in new[] { "ab", "AB", "0ab", "12+x", "0012+x" })
            await _storage.WriteStateAsync(_scope, GrainId.Create("test", key), new GrainState<Recorded> { State = new() });
        await _storage.WriteStateAsync(_scope, GrainId.Create("other", "ab"), new GrainState<Recorded> { State = new() });

        Assert.Equal(6, await fixture.Database.CountAsync("grain_state where state_name = $1", _scope));
    }

    [Fact]
    public async Task Every_shape_of_property_comes_back()
    {
        var written = new Shapes
        {
            Required = "yes",
            Filled = { "a", "b" },
            Parts = { ["p"] = new("part", 5) },
            Array = [new("x", null), new("y", long.MaxValue)],
            Times = System.Collections.Immutable.ImmutableDictionary<string, DateTimeOffset>.Empty.Add("t", new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2))),
            Span = TimeSpan.FromDays(7),
            Day = DayOfWeek.Friday,
            Field = 3,
        }.SetPrivately(9);
        await _storage.WriteStateAsync(StateName, _grain, new GrainState<Shapes> { State = written });

        var read = new GrainState<Shapes>();
        await _storage.ReadStateAsync(StateName, _grain, read);

        Assert.Equivalent(written, read.State, strict: true);
        Assert.Equal(9, read.State!.PrivatelySet);
    }

    [Fact]
    public async Task Text_that_PostgreSQL_cannot_hold_does_not_stop_a_write()
    {
        var state = NewState(1, listedAs: "main");
        state.State!.Facts.Add(Fact(_scope) with { Subject = "nul \0 half \uD800 whole \U0001F600", Details = new Dictionary<string, string> { ["k\0"] = "v\0\uDFFF" } });
        state.State!.Scope = _scope;

        await _storage.WriteStateAsync(StateName, _grain, state);

        Assert.Equal(1, await fixture.Database.CountAsync("outbox where scope = $1 and subject = $2", _scope, "nul \uFFFD half \uFFFD whole \U0001F600"));
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_in_an_exception_that_can_cross_a_call()
    {
        await using var nowhere = Databases.CreateDataSource("Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d;Timeout=2");
        var storage = StorageOver(nowhere);

        var read = await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.ReadStateAsync(StateName, _grain, new GrainState<Recorded>()));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.WriteStateAsync(StateName, _grain, NewState(1, listedAs: null)));
        Assert.DoesNotContain("127.0.0.1", read.Message, StringComparison.Ordinal);
    }

    private async Task ShouldBeOneWinnerAsync(bool[] won, int version)
    {
        var winner = Array.IndexOf(won, true);
        Assert.Single(won, w => w);
        Assert.Equal(winner, (await ReadAsync()).State!.Number);
        Assert.Equal(1, await fixture.Database.CountAsync("outbox where scope = $1 and version = $2", _scope, (long)version));
        Assert.Equal(1, await fixture.Database.CountAsync("arrival where tenant = $1", _scope));
        Assert.Equal(1, await fixture.Database.CountAsync("listing where scope = $1 and name = $2", _scope, $"vault{winner}"));
        Assert.Equal(1, await fixture.Database.CountAsync("listing where scope = $1", _scope));
    }

    private async Task<bool> TryWriteAsync(GrainState<Recorded> state, bool fact)
    {
        if (fact)
            state.State!.Facts.Add(Fact(_scope));
        state.State!.Arrivals.Add(Arrival($"{state.State!.Number:x}"));
        try
        {
            await _storage.WriteStateAsync(StateName, _grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task<GrainState<Recorded>> ReadAsync()
    {
        var state = new GrainState<Recorded>();
        await _storage.ReadStateAsync(StateName, _grain, state);
        return state;
    }

    private GrainState<Recorded> NewState(int number, string? listedAs, string? etag = null) =>
        new() { ETag = etag, State = new() { Number = number, ListedAs = listedAs, Scope = _scope } };

    private ArrivalRow Arrival(string snapshot) => new()
    {
        Tenant = _scope,
        Vault = "main",
        Snapshot = snapshot,
        ReceivedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
        Bytes = 5,
    };
}
