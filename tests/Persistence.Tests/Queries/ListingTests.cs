using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Persistence.Tests.Queries;

public sealed class ListingTests(DatabaseFixture fixture)
{
    private readonly Listings _listings = new(fixture.Database);
    private readonly string _scope = DatabaseFixture.NewName("t");

    [Fact]
    public async Task Pages_go_through_all_names_in_order_and_say_where_they_end()
    {
        foreach (var name in new[] { "b", "a-1", "a", "d", "c" })
            await ListAsync(ListingKind.BackupSet, name);

        var first = await _listings.PageAsync(ListingKind.BackupSet, _scope, null, 2, CancellationToken.None);
        var second = await _listings.PageAsync(ListingKind.BackupSet, _scope, first.Next, 3, CancellationToken.None);

        Assert.Equal(["a", "a-1"], first.Items.Select(i => i.Name));
        Assert.Equal("a-1", first.Next);
        Assert.Equal(["b", "c", "d"], second.Items.Select(i => i.Name));
        Assert.Null(second.Next);
        Assert.Equal(5, await _listings.CountAsync(ListingKind.BackupSet, _scope, CancellationToken.None));
    }

    [Fact]
    public async Task The_newest_jobs_come_first()
    {
        var times = Enumerable.Range(0, 3).Select(i => JobKey.NewId(DateTimeOffset.UnixEpoch.AddHours(i))).ToList();
        foreach (var job in times)
            await ListAsync(ListingKind.Job, job);

        var first = await _listings.PageNewestFirstAsync(ListingKind.Job, _scope, null, 2, CancellationToken.None);
        var second = await _listings.PageNewestFirstAsync(ListingKind.Job, _scope, first.Next, 2, CancellationToken.None);

        Assert.Equal([times[2], times[1]], first.Items.Select(i => i.Name));
        Assert.Equal((times[0], null), (Assert.Single(second.Items).Name, second.Next));
        Assert.Equal(_scope, (await _listings.FindByNameAsync(ListingKind.Job, times[1], CancellationToken.None))!.Scope);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_views_come_back()
    {
        await ListAsync(ListingKind.Host, "web01");

        var row = await _listings.FindAsync(ListingKind.Host, _scope, "web01", CancellationToken.None);
        Assert.Equal(5, ListingJson.Read<View>(row!.View).Number);
        Assert.Null(await _listings.FindAsync(ListingKind.Host, _scope, "web02", CancellationToken.None));
        Assert.Null(await _listings.FindAsync(ListingKind.Vault, _scope, "web01", CancellationToken.None));
        Assert.Null(await _listings.FindByNameAsync(ListingKind.Job, "j-unknown", CancellationToken.None));
    }

    [Fact]
    public async Task A_vaults_node_is_what_its_listing_says()
    {
        var placement = new VaultPlacement(fixture.Database);
        var node = DatabaseFixture.NewName("n");
        foreach (var vault in new[] { "a", "b", "c" })
            await ListAsync(ListingKind.Vault, vault, node);

        Assert.Equal(node, await placement.NodeOfAsync(new(_scope, "a"), CancellationToken.None));
        Assert.Null(await placement.NodeOfAsync(new(_scope, "unknown"), CancellationToken.None));
        var first = await placement.VaultsOfAsync(node, null, 2, CancellationToken.None);
        var rest = await placement.VaultsOfAsync(node, first[^1], 2, CancellationToken.None);
        Assert.Equal([new(_scope, "a"), new(_scope, "b"), new VaultKey(_scope, "c")], first.Concat(rest));
    }

    [Fact]
    public async Task The_ledger_knows_which_snapshots_it_has()
    {
        var ledger = new ArrivalLedger(fixture.Database);
        await using var insert = fixture.Database.CreateCommand(
            "insert into arrival values ($1, 'main', 'a', '2026-01-02 03:04:05Z', 5, null), ($1, 'main', 'b', '2026-01-03 03:04:05Z', 5, 'key'), ($1, 'other', 'c', now(), 5, null)");
        insert.Parameters.Add(new() { Value = _scope });
        await insert.ExecuteNonQueryAsync();

        Assert.Equal(["a"], await ledger.KnownAsync(_scope, "main", ["a", "c", "x"], CancellationToken.None));
        Assert.Empty(await ledger.KnownAsync(_scope, "main", [], CancellationToken.None));
        Assert.Equal(new(2, new(2026, 1, 3, 3, 4, 5, TimeSpan.Zero)), await ledger.CountAndLatestAsync(_scope, "main", CancellationToken.None));
        Assert.Equal(new(0, null), await ledger.CountAndLatestAsync(_scope, "empty", CancellationToken.None));
    }

    private async Task ListAsync(string kind, string name, string? node = null)
    {
        await using var command = fixture.Database.CreateCommand("insert into listing values ($1, $2, $3, 1, $4::jsonb)");
        foreach (var value in new[] { kind, _scope, name, ListingJson.Write(new View(5, node)) })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private sealed record View(int Number, string? Node);
}
