namespace BackupOnline.Persistence.Tests.Providers;

/// <summary>One test per query that Orleans' clustering asks for: facts, section 3.2.</summary>
public sealed class MembershipContractTests(DatabaseFixture fixture)
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly OrleansSql _sql = new(fixture.Database);
    private readonly string _cluster = DatabaseFixture.NewName("c");

    [Fact]
    public async Task Of_16_that_make_the_version_row_one_is_told_that_it_did()
    {
        var made = await OrleansSql.RaceAsync(_ => MakeVersionAsync());

        Assert.Single(made, m => m);
        Assert.Equal(0, await VersionAsync());
    }

    [Fact]
    public async Task A_silo_is_inserted_at_the_expected_version_only_and_once()
    {
        await MakeVersionAsync();

        Assert.False(await InsertAsync(1, version: 7));
        Assert.True(await InsertAsync(1, version: 0));
        Assert.False(await InsertAsync(1, version: 1));
        Assert.Equal(1, await VersionAsync());
    }

    [Fact]
    public async Task An_insert_without_a_version_row_is_refused()
    {
        Assert.False(await InsertAsync(1, version: 0));
    }

    [Fact]
    public async Task Of_16_silos_that_join_at_one_version_one_gets_in()
    {
        await MakeVersionAsync();

        var joined = await OrleansSql.RaceAsync(i => InsertAsync(i, version: 0));

        Assert.Single(joined, j => j);
        Assert.Equal(1, await VersionAsync());
        Assert.Single(await ReadAllAsync());
    }

    [Fact]
    public async Task A_silo_is_updated_at_the_expected_version_only()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0);

        Assert.False(await UpdateAsync(1, status: 3, version: 0));
        Assert.True(await UpdateAsync(1, status: 3, version: 1, suspects: "10.0.0.1:1@2,2026-01-02 03:04:05.678 GMT|x"));
        var row = Assert.Single(await ReadAllAsync());
        Assert.Equal(3, row["Status"]);
        Assert.Equal("10.0.0.1:1@2,2026-01-02 03:04:05.678 GMT|x", row["SuspectTimes"]);
        Assert.Equal(2, row["Version"]);
    }

    [Fact]
    public async Task Updating_an_unknown_silo_changes_nothing()
    {
        await MakeVersionAsync();

        Assert.False(await UpdateAsync(1, status: 3, version: 0));
        Assert.Equal(0, await VersionAsync());
    }

    [Fact]
    public async Task Of_16_updates_at_one_version_one_wins()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0);

        var won = await OrleansSql.RaceAsync(i => UpdateAsync(1, status: i, version: 1));

        var winner = Array.IndexOf(won, true);
        Assert.Single(won, w => w);
        var row = Assert.Single(await ReadAllAsync());
        Assert.Equal((winner, 2), (row["Status"], row["Version"]));
    }

    [Fact]
    public async Task A_heartbeat_moves_the_time_and_not_the_version()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0);

        await _sql.RowsAsync("UpdateIAmAlivetimeKey", [.. Silo(1), ("IAmAliveTime", Start.AddMinutes(5))]);

        var row = Assert.Single(await ReadAllAsync());
        Assert.Equal(Start.AddMinutes(5), row["IAmAliveTime"]);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)row["IAmAliveTime"]!).Kind);
        Assert.Equal(1, row["Version"]);
    }

    [Fact]
    public async Task Reading_an_empty_cluster_gives_one_row_without_a_member()
    {
        Assert.Empty(await ReadAllAsync());
        await MakeVersionAsync();

        foreach (var rows in new[] { await ReadAllAsync(), await _sql.RowsAsync("MembershipReadRowKey", Silo(1)) })
        {
            var row = Assert.Single(rows);
            Assert.Null(row["StartTime"]);
            Assert.Equal((0, 0), (row["Version"], row["ProxyPort"]));
        }
    }

    [Fact]
    public async Task Reading_one_silo_gives_that_silo_only()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0);
        await InsertAsync(2, version: 1);

        var row = Assert.Single(await _sql.RowsAsync("MembershipReadRowKey", Silo(2)));
        Assert.Equal((2, 30002, 2, "silo2", "host"), (row["Generation"], row["ProxyPort"], row["Version"], row["SiloName"], row["HostName"]));
    }

    [Fact]
    public async Task Gateways_are_active_silos_with_a_gateway_port()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0, status: 3);
        await InsertAsync(2, version: 1, status: 3, proxy: 0);
        await InsertAsync(3, version: 2, status: 6);

        var row = Assert.Single(await _sql.RowsAsync("GatewaysQueryKey", ("DeploymentId", _cluster), ("Status", 3)));
        Assert.Equal(("10.0.0.1", 30001, 1), (row["Address"], row["ProxyPort"], row["Generation"]));
    }

    [Fact]
    public async Task Deleting_the_cluster_takes_its_silos_and_no_others()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0);
        var other = new MembershipContractTests(fixture);
        await other.MakeVersionAsync();
        await other.InsertAsync(1, version: 0);

        await _sql.RowsAsync("DeleteMembershipTableEntriesKey", ("DeploymentId", _cluster));

        Assert.Empty(await ReadAllAsync());
        Assert.Single(await other.ReadAllAsync());
    }

    [Fact]
    public async Task The_bulk_clean_up_takes_old_dead_silos_only()
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0, status: 6);
        await InsertAsync(2, version: 1, status: 2);
        await InsertAsync(3, version: 2, status: 6, alive: Start.AddDays(1));

        await _sql.RowsAsync("CleanupDefunctSiloEntriesKey", ("DeploymentId", _cluster), ("IAmAliveTime", Start.AddHours(1)));

        Assert.Equal([2, 3], (await ReadAllAsync()).Select(r => r["Generation"]).Cast<int>().Order());
    }

    [Theory]
    [InlineData(6, null, 0, true)]
    [InlineData(6, "someone", 0, false)]
    [InlineData(6, null, 1, false)]
    [InlineData(3, null, 0, false)]
    public async Task One_dead_silo_is_deleted_only_as_it_was_seen(int status, string? seenSuspects, int aliveSecondsLater, bool gone)
    {
        await MakeVersionAsync();
        await InsertAsync(1, version: 0, status: status);

        await _sql.RowsAsync(
            "CleanupDefunctSiloEntryKey",
            [.. Silo(1), ("SuspectTimes", seenSuspects), ("StartTime", Start), ("IAmAliveTime", Start.AddSeconds(aliveSecondsLater))]);

        Assert.Equal(gone, Assert.Single(await ReadAllAsync())["StartTime"] is null);
    }

    private async Task<bool> MakeVersionAsync() => Convert.ToBoolean(await _sql.ScalarAsync("InsertMembershipVersionKey", ("DeploymentId", _cluster)), null);

    private async Task<bool> InsertAsync(int silo, int version, int status = 1, int? proxy = null, DateTime? alive = null) => (bool)(await _sql.ScalarAsync(
        "InsertMembershipKey",
        [.. Silo(silo), ("SiloName", $"silo{silo}"), ("HostName", "host"), ("Status", status), ("ProxyPort", proxy ?? 30000 + silo),
         ("StartTime", Start), ("IAmAliveTime", alive ?? Start), ("Version", version)]))!;

    private async Task<bool> UpdateAsync(int silo, int status, int version, string? suspects = null) => (bool)(await _sql.ScalarAsync(
        "UpdateMembershipKey", [.. Silo(silo), ("Status", status), ("SuspectTimes", suspects), ("IAmAliveTime", Start), ("Version", version)]))!;

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> ReadAllAsync() => _sql.RowsAsync("MembershipReadAllKey", ("DeploymentId", _cluster));

    private async Task<int> VersionAsync() => (int)(await ReadAllAsync())[0]["Version"]!;

    private (string, object?)[] Silo(int silo) => [("DeploymentId", _cluster), ("Address", "10.0.0.1"), ("Port", 20000 + silo), ("Generation", silo)];
}
