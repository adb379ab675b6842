namespace BackupOnline.Persistence.Tests.Providers;

/// <summary>One test per query that Orleans' reminders ask for: facts, section 3.4.</summary>
public sealed class ReminderContractTests(DatabaseFixture fixture)
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly OrleansSql _sql = new(fixture.Database);
    private readonly string _service = DatabaseFixture.NewName("s");

    [Fact]
    public async Task Registering_counts_versions_from_zero()
    {
        Assert.Equal(0, await UpsertAsync("grain", "r", 1));
        Assert.Equal(1, await UpsertAsync("grain", "r", 1));
    }

    [Fact]
    public async Task Of_16_that_register_each_gets_a_version_of_its_own()
    {
        var versions = await OrleansSql.RaceAsync(_ => UpsertAsync("grain", "r", 1));

        Assert.Equal(Enumerable.Range(0, 16), versions.Order());
    }

    [Fact]
    public async Task A_reminder_reads_back_with_a_long_period()
    {
        await UpsertAsync("grain", "r", 1, period: 30L * 24 * 3600 * 1000);

        var row = Assert.Single(await _sql.RowsAsync("ReadReminderRowKey", ("ServiceId", _service), ("GrainId", "grain"), ("ReminderName", "r")));
        Assert.Equal(("grain", "r", Start, 2592000000L, 0), (row["GrainId"], row["ReminderName"], row["StartTime"], row["Period"], row["Version"]));
        Assert.Equal(DateTimeKind.Utc, ((DateTime)row["StartTime"]!).Kind);
    }

    [Fact]
    public async Task A_short_period_comes_as_an_int_and_goes_as_a_long()
    {
        await UpsertAsync("grain", "r", 1, period: 60_000);

        Assert.IsType<long>(Assert.Single(await RowsOfAsync("grain"))["Period"]);
    }

    [Fact]
    public async Task All_reminders_of_a_grain_and_of_no_other()
    {
        await UpsertAsync("grain", "a", 1);
        await UpsertAsync("grain", "b", 1);
        await UpsertAsync("other", "c", 1);

        Assert.Equal(["a", "b"], (await RowsOfAsync("grain")).Select(r => (string)r["ReminderName"]!).Order());
    }

    [Theory]
    [InlineData("ReadRangeRows1Key", -10, 10, "0,10")]
    [InlineData("ReadRangeRows1Key", 10, 20, "20")]
    [InlineData("ReadRangeRows2Key", 10, -10, "-2147483648,-20,-10,20,2147483647")]
    [InlineData("ReadRangeRows2Key", 5, 5, "-2147483648,-20,-10,0,10,20,2147483647")]
    public async Task A_range_of_the_ring_excludes_its_begin_includes_its_end_and_may_wrap(string query, int begin, int end, string expected)
    {
        foreach (var hash in new[] { int.MinValue, -20, -10, 0, 10, 20, int.MaxValue })
            await UpsertAsync($"grain{hash}", "r", hash);

        var rows = await _sql.RowsAsync(query, ("ServiceId", _service), ("BeginHash", begin), ("EndHash", end));

        var hashes = rows.Select(r => int.Parse(((string)r["GrainId"]!)["grain".Length..], System.Globalization.CultureInfo.InvariantCulture)).Order();
        Assert.Equal(expected, string.Join(',', hashes));
    }

    [Fact]
    public async Task Removing_wants_the_present_version()
    {
        await UpsertAsync("grain", "r", 1);
        await UpsertAsync("grain", "r", 1);

        Assert.False(await DeleteAsync(version: 0));
        Assert.True(await DeleteAsync(version: 1));
        Assert.False(await DeleteAsync(version: 1));
        Assert.Empty(await RowsOfAsync("grain"));
    }

    [Fact]
    public async Task Of_16_that_remove_one_did()
    {
        await UpsertAsync("grain", "r", 1);

        Assert.Single(await OrleansSql.RaceAsync(_ => DeleteAsync(version: 0)), removed => removed);
    }

    [Fact]
    public async Task Removing_all_takes_one_service_only()
    {
        await UpsertAsync("grain", "r", 1);
        var other = new ReminderContractTests(fixture);
        await other.UpsertAsync("grain", "r", 1);

        await _sql.RowsAsync("DeleteReminderRowsKey", ("ServiceId", _service));

        Assert.Empty(await RowsOfAsync("grain"));
        Assert.Single(await other.RowsOfAsync("grain"));
    }

    private async Task<int> UpsertAsync(string grain, string name, int hash, object? period = null) => (int)(await _sql.ScalarAsync(
        "UpsertReminderRowKey",
        ("ServiceId", _service), ("GrainId", grain), ("ReminderName", name), ("StartTime", Start), ("Period", period ?? 60_000), ("GrainHash", hash)))!;

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RowsOfAsync(string grain) =>
        _sql.RowsAsync("ReadReminderRowsKey", ("ServiceId", _service), ("GrainId", grain));

    private async Task<bool> DeleteAsync(int version) => (bool)(await _sql.ScalarAsync(
        "DeleteReminderRowKey", ("ServiceId", _service), ("GrainId", "grain"), ("ReminderName", "r"), ("Version", version)))!;
}
