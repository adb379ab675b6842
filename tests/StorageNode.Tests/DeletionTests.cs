using System.Net;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.StorageNode.Tests;

public sealed class DeletionTests
{
    private static readonly string[] Types = ["data", "index", "keys", "snapshots"];

    [Theory]
    [InlineData(CredentialScope.Append)]
    [InlineData(CredentialScope.Restore)]
    public async Task Only_prune_credentials_delete(CredentialScope scope)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (writer, user) = (shelf.User(CredentialScope.Append), shelf.User(scope));
        foreach (var type in Types)
        {
            var name = await shelf.StoreAsync(writer, type, ShelfHost.Bytes(10));
            Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Delete, user, $"{type}/{name}"));
            Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Head, user, $"{type}/{name}"));
        }
    }

    [Fact]
    public async Task A_deleted_object_is_hidden_kept_for_the_window_and_then_removed()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.ReapEvery = TimeSpan.FromHours(1));
        var user = shelf.User(CredentialScope.Prune);
        foreach (var type in Types)
        {
            var name = await shelf.StoreAsync(user, type, ShelfHost.Bytes(10));
            Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, user, $"{type}/{name}"));
            Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, user, $"{type}/{name}"));

            Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, user, $"{type}/{name}"));
            Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, user, $"{type}/{name}"));
            using var list = await shelf.SendAsync(HttpMethod.Get, user, $"{type}/");
            Assert.Equal("[]", await list.Content.ReadAsStringAsync());
        }

        Assert.Equal(4, Hidden(shelf).Length);
        shelf.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(90));
        await ReapAsync(shelf);
        Assert.Equal(4, Hidden(shelf).Length);

        await ReapAsync(shelf);
        await Eventually.TrueAsync(() => Hidden(shelf).Length == 0, "hidden objects are removed after the window");
    }

    [Fact]
    public async Task Sending_a_hidden_object_again_revives_it_and_a_later_deletion_starts_a_new_window()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Prune);
        var bytes = ShelfHost.Bytes(50);
        var name = await shelf.StoreAsync(user, "data", bytes);
        await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}");
        Assert.StartsWith($"{name}.1.", Path.GetFileName(Hidden(shelf).Single()), StringComparison.Ordinal);

        shelf.Clock.Advance(TimeSpan.FromDays(6));
        await shelf.StoreAsync(user, "data", bytes);
        Assert.Empty(Hidden(shelf));

        shelf.Clock.Advance(TimeSpan.FromDays(2));
        await ReapAsync(shelf);
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Head, user, $"data/{name}"));

        await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}");
        Assert.StartsWith($"{name}.2.", Path.GetFileName(Hidden(shelf).Single()), StringComparison.Ordinal);
        shelf.Clock.Advance(TimeSpan.FromDays(6));
        await ReapAsync(shelf);
        Assert.Single(Hidden(shelf));
    }

    [Fact]
    public async Task A_wall_clock_that_jumps_removes_nothing()
    {
        var clock = new JumpingClock(ShelfHost.Start);
        await using var shelf = await ShelfHost.StartAsync(clock: clock);
        var user = shelf.User(CredentialScope.Prune);
        var name = await shelf.StoreAsync(user, "data", ShelfHost.Bytes(50));
        await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}");

        // Twenty ticks of the reaper with the clock ten years ahead.
        clock.Jump = TimeSpan.FromDays(3650);
        var looks = clock.Looks;
        var ticks = 0;
        await Eventually.TrueAsync(() => clock.Looks >= looks + 20 && ticks++ >= 20, "the reaper has looked at the clock", () => clock.Advance(TimeSpan.FromMinutes(15)));
        Assert.Single(Hidden(shelf));

        // Set right again, it does its work.
        clock.Jump = TimeSpan.Zero;
        clock.Advance(TimeSpan.FromDays(7));
        await Eventually.TrueAsync(() => Hidden(shelf).Length == 0, "the object is removed after its window", () => clock.Advance(TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public async Task Deleting_what_never_was_is_fine_in_prune_scope()
    {
        await using var shelf = await ShelfHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, shelf.User(CredentialScope.Prune), $"data/{ShelfHost.NameOf("no"u8)}"));
    }

    [Theory]
    [InlineData(CredentialScope.Restore)]
    [InlineData(CredentialScope.Append)]
    [InlineData(CredentialScope.Prune)]
    public async Task A_lock_is_its_owners_to_remove(CredentialScope scope)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (owner, other) = (shelf.User(scope), shelf.User(scope));
        var name = await shelf.StoreAsync(owner, "locks", ShelfHost.Bytes(200));

        Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Delete, other, $"locks/{name}"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, owner, $"locks/{name}"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, owner, $"locks/{name}"));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, owner, $"locks/{name}"));
        Assert.Empty(Hidden(shelf));
    }

    [Theory]
    [InlineData(CredentialScope.Restore, 31, HttpStatusCode.Forbidden)]
    [InlineData(CredentialScope.Append, 30, HttpStatusCode.Forbidden)]
    [InlineData(CredentialScope.Append, 31, HttpStatusCode.OK)]
    [InlineData(CredentialScope.Prune, 31, HttpStatusCode.OK)]
    public async Task A_stale_lock_is_removed_by_any_writer(CredentialScope scope, int minutes, HttpStatusCode expected)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var name = await shelf.StoreAsync(shelf.User(CredentialScope.Append), "locks", ShelfHost.Bytes(200));
        shelf.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(expected, await shelf.StatusAsync(HttpMethod.Delete, shelf.User(scope), $"locks/{name}"));
    }

    [Fact]
    public async Task A_read_that_began_before_the_deletion_ends_well()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Prune);
        var bytes = ShelfHost.Bytes(32 << 20);
        var name = await shelf.StoreAsync(user, "data", bytes);

        using var response = await shelf.SendAsync(HttpMethod.Get, user, $"data/{name}");
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}"));

        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    // The reaper works at ticks of the clock: one more tick, and then an object whose window is over shows that it has run.
    private static async Task ReapAsync(ShelfHost shelf)
    {
        var marker = new StubMarker(shelf);
        await marker.HideAsync();
        shelf.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.TrueAsync(marker.IsGone, "the reaper has run");
    }

    private static string[] Hidden(ShelfHost shelf) =>
        [.. Directory.GetFiles(Path.Combine(shelf.VaultFolder(), ".shelf", "hidden"), "*", SearchOption.AllDirectories)];

    private sealed class JumpingClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private int _looks;

        /// <summary>What the wall clock is wrong by; the machine's own ticks go on.</summary>
        public TimeSpan Jump { get; set; }

        public int Looks => _looks;

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref _looks);
            return base.GetUtcNow() + Jump;
        }

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }

    private sealed class StubMarker(ShelfHost shelf)
    {
        private readonly ShelfUser _user = shelf.User(CredentialScope.Prune, "marker", "zz");

        public async Task HideAsync()
        {
            shelf.Cluster.Vault("marker", "zz").Window = TimeSpan.Zero;
            var name = await shelf.StoreAsync(_user, "data", ShelfHost.Bytes(8));
            await shelf.StatusAsync(HttpMethod.Delete, _user, $"data/{name}");
        }

        public bool IsGone() =>
            Directory.GetFiles(Path.Combine(shelf.VaultFolder("marker", "zz"), ".shelf", "hidden"), "*", SearchOption.AllDirectories).Length == 0;
    }
}
