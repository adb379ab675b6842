namespace BackupOnline.Persistence.Tests.Providers;

/// <summary>One test per query that Orleans' grain storage asks for, over every shape of key: facts, section 3.3.</summary>
public sealed class StorageContractTests(DatabaseFixture fixture)
{
    private readonly OrleansSql _sql = new(fixture.Database);
    private readonly string _service = DatabaseFixture.NewName("s");

    public static TheoryData<long, long, string?> KeyShapes => new()
    {
        { 0, 0, "tenant/acme" },
        { 0, 7, null },
        { 0, 7, "" },
        { 0, 7, "extension" },
        { 0x0123456789ABCDEF, -5, null },
        { 0x0123456789ABCDEF, -5, "extension" },
        { long.MinValue, long.MaxValue, "+" },
        { 0, 0, "été \u0001 'quoted'" },
    };

    [Theory, MemberData(nameof(KeyShapes))]
    public async Task A_first_write_inserts_and_reads_back(long n0, long n1, string? ext)
    {
        Assert.Equal(1, await WriteAsync(n0, n1, ext, version: null, payload: [1, 2]));

        var row = Assert.Single(await ReadAsync(n0, n1, ext));
        Assert.Equal([1, 2], (byte[])row["PayloadBinary"]!);
        Assert.Equal(1, row["Version"]);
    }

    [Theory, MemberData(nameof(KeyShapes))]
    public async Task Of_16_first_writers_one_wins_and_one_row_stands(long n0, long n1, string? ext)
    {
        var versions = await OrleansSql.RaceAsync(i => WriteAsync(n0, n1, ext, version: null, payload: [(byte)i]));

        Assert.Equal(1, versions.Single(v => v is not null));
        Assert.Equal([(byte)Array.FindIndex(versions, v => v is not null)], (byte[])Assert.Single(await ReadAsync(n0, n1, ext))["PayloadBinary"]!);
    }

    [Theory, MemberData(nameof(KeyShapes))]
    public async Task Of_16_writers_at_one_version_one_wins(long n0, long n1, string? ext)
    {
        await WriteAsync(n0, n1, ext, version: null, payload: [0]);

        var versions = await OrleansSql.RaceAsync(i => WriteAsync(n0, n1, ext, version: 1, payload: [(byte)i]));

        Assert.Equal(2, versions.Single(v => v is not null));
        Assert.Equal([(byte)Array.FindIndex(versions, v => v is not null)], (byte[])Assert.Single(await ReadAsync(n0, n1, ext))["PayloadBinary"]!);
    }

    [Fact]
    public async Task Keys_that_differ_in_one_part_only_have_rows_of_their_own()
    {
        (long, long, string?)[] keys = [(0, 0, "a"), (0, 0, "A"), (0, 0, "0a"), (0, 10, null), (0, 10, ""), (0, 10, "a"), (10, 0, null), (10, 10, null)];
        foreach (var (n0, n1, ext) in keys)
            Assert.Equal(1, await WriteAsync(n0, n1, ext, version: null, payload: []));
        Assert.Equal(1, await WriteAsync(0, 0, "a", version: null, payload: [], state: "another"));
    }

    [Fact]
    public async Task Writing_at_another_version_is_a_conflict_and_changes_nothing()
    {
        await WriteAsync(0, 1, null, version: null, payload: [1]);

        Assert.Null(await WriteAsync(0, 1, null, version: 9, payload: [2]));
        Assert.Null(await WriteAsync(0, 1, null, version: null, payload: [2]));
        Assert.Equal([1], (byte[])Assert.Single(await ReadAsync(0, 1, null))["PayloadBinary"]!);
    }

    [Fact]
    public async Task A_write_with_a_version_makes_no_row()
    {
        Assert.Null(await WriteAsync(0, 2, null, version: 1, payload: [1]));
        Assert.Empty(await ReadAsync(0, 2, null));
    }

    [Fact]
    public async Task Clearing_keeps_the_row_without_payload_and_counts_on()
    {
        await WriteAsync(0, 3, null, version: null, payload: [1]);

        Assert.Null(await _sql.ScalarAsync("ClearStorageKey", [.. Key(0, 3, null), ("GrainStateVersion", 5)]));
        Assert.Equal(2, await _sql.ScalarAsync("ClearStorageKey", [.. Key(0, 3, null), ("GrainStateVersion", 1)]));
        var row = Assert.Single(await ReadAsync(0, 3, null));
        Assert.Null(row["PayloadBinary"]);
        Assert.Equal(2, row["Version"]);
        Assert.Equal(3, await WriteAsync(0, 3, null, version: 2, payload: [4]));
    }

    [Fact]
    public async Task A_deleted_row_does_not_come_back_by_a_late_write()
    {
        await WriteAsync(0, 4, null, version: null, payload: [1]);

        Assert.Null(await _sql.ScalarAsync("DeleteStorageKey", [.. Key(0, 4, null), ("GrainStateVersion", 5)]));
        Assert.Equal(2, await _sql.ScalarAsync("DeleteStorageKey", [.. Key(0, 4, null), ("GrainStateVersion", 1)]));
        Assert.Null(await WriteAsync(0, 4, null, version: 1, payload: [2]));
        Assert.Null(await WriteAsync(0, 4, null, version: 2, payload: [2]));
        Assert.Empty(await ReadAsync(0, 4, null));
    }

    private async Task<int?> WriteAsync(long n0, long n1, string? ext, int? version, byte[] payload, string state = "state") =>
        (int?)await _sql.ScalarAsync("WriteToStorageKey", [.. Key(n0, n1, ext, state), ("GrainStateVersion", version), ("PayloadBinary", payload)]);

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> ReadAsync(long n0, long n1, string? ext) => _sql.RowsAsync("ReadFromStorageKey", Key(n0, n1, ext));

    private (string, object?)[] Key(long n0, long n1, string? ext, string state = "state") =>
    [
        ("GrainIdHash", 1), ("GrainIdN0", n0), ("GrainIdN1", n1), ("GrainTypeHash", 2), ("GrainTypeString", state), ("GrainIdExtensionString", ext), ("ServiceId", _service),
    ];
}
