using System.Net;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class CredentialTests
{
    [Fact]
    public async Task A_wrong_credential_is_answered_the_same_whether_or_not_the_vault_exists()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", [1]);
        var wrong = user with { Secret = "wrong" };

        var answers = new List<string>();
        foreach (var vault in (string[])["acme/main", "acme/other", "nobody/nothing"])
        {
            using var response = await shelf.SendToAsync(HttpMethod.Get, wrong, $"{vault}/config", null);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            response.Headers.Date = null;
            answers.Add($"{response.ReasonPhrase}\n{response.Headers}{response.Content.Headers}\n{await response.Content.ReadAsStringAsync()}");
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("Basic realm=", answers[0], StringComparison.Ordinal);

        // The same work too: each vault's grain was asked.
        Assert.Equal(["vault/acme/main", "vault/acme/other", "vault/nobody/nothing"], shelf.Cluster.AskedVaults.Distinct().Order());
        Assert.False(Directory.Exists(Path.Combine(shelf.VaultFolder("nobody", "nothing"))));
    }

    [Theory]
    [InlineData("acme/main")]
    [InlineData("acme/other")]
    [InlineData("nobody/nothing")]
    public async Task A_wrong_credential_is_answered_at_whole_steps_of_time_however_long_the_judging_took(string vault)
    {
        var step = TimeSpan.FromMilliseconds(100);
        await using var shelf = await ShelfHost.StartAsync(options => options.RefusalTime = step);
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", [1]);

        // The clock stands: only moving it by the whole step lets the answer out.
        var asked = shelf.Cluster.AskedVaults.Count;
        var answer = shelf.SendToAsync(HttpMethod.Get, user with { Secret = "wrong" }, $"{vault}/config", null);
        await Eventually.TrueAsync(() => shelf.Cluster.AskedVaults.Count > asked, "the grain is asked");
        shelf.Clock.Advance(step - TimeSpan.FromMilliseconds(1));
        await shelf.StatusAsync(HttpMethod.Head, user, "config");
        Assert.False(answer.IsCompleted);
        await Eventually.TrueAsync(() => answer.IsCompleted, "the answer comes with the step", () => shelf.Clock.Advance(TimeSpan.FromMilliseconds(1)));
        using var response = await answer;
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.2, 100)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(100.5, 200)]
    [InlineData(250, 300)]
    public void A_refusal_is_told_at_a_whole_step(double elapsedMilliseconds, double expectedMilliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(expectedMilliseconds),
        RefusalPace.Due(TimeSpan.FromMilliseconds(elapsedMilliseconds), TimeSpan.FromMilliseconds(100)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer bo_operator_x")]
    [InlineData("Negotiate abc")]
    [InlineData("Basic OjEyMw==")]
    public async Task Headers_that_are_no_credential_of_ours_are_refused(string? header)
    {
        await using var shelf = await ShelfHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "acme/main/config");
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await shelf.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(shelf.Cluster.AskedVaults);
    }

    [Fact]
    public async Task A_good_credential_elsewhere_learns_nothing()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (user, rival) = (shelf.User(CredentialScope.Prune), shelf.User(CredentialScope.Prune, "rival"));
        await shelf.StatusAsync(HttpMethod.Post, rival, "config", [1, 2, 3]);
        await shelf.StatusAsync(HttpMethod.Post, user, "config", [4]);

        var answers = new List<string>();
        foreach (var path in (string[])["rival/main/config", "rival/unknown/config", "nobody/nothing/config"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
            {
                using var response = await shelf.SendToAsync(method, user, path, null);
                answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
        }

        Assert.Equal("404 Not found\n", Assert.Single(answers.Distinct()));
        await Eventually.TrueAsync(() => shelf.Cluster.Notes.Any(note => note is ("provider", { Event: "vault.foreign-refused" })), "the attempt is noted");
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_noted_without_flooding_the_log()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", [1]);
        var wrong = user with { Secret = "wrong" };

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 300; i++)
        {
            statuses.Add(await shelf.StatusAsync(HttpMethod.Get, wrong, "config"));
            shelf.Clock.Advance(TimeSpan.FromSeconds(0.2));
        }

        // In this minute: target at most 10 (reliability-security.md, T12).
        Assert.InRange(statuses.Count(status => status == HttpStatusCode.Unauthorized), 3, 10);
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
        using var throttled = await shelf.SendAsync(HttpMethod.Get, wrong, "config");
        Assert.True(throttled.Headers.RetryAfter!.Delta > TimeSpan.Zero);

        await Eventually.TrueAsync(() => !shelf.Cluster.Notes.IsEmpty, "the tries are noted");
        Assert.InRange(shelf.Cluster.Notes.Count, 1, 5);
        Assert.All(shelf.Cluster.Notes, note => Assert.Equal("acme", note.Log));
        Assert.DoesNotContain("wrong", string.Concat(shelf.Cluster.Notes.Select(note => note.Fact.ToString())), StringComparison.Ordinal);

        // The owner, at the same address and with the same key id, never waits.
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, "?create=true"));
        shelf.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, "?create=true"));
    }

    [Fact]
    public async Task Strangers_do_not_lock_out_an_owner_who_comes_for_the_first_time()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.TrustedProxies = ["127.0.0.1"]);
        var user = shelf.User(CredentialScope.Append);
        for (var i = 0; i < 50; i++)
            Assert.NotEqual(HttpStatusCode.OK, await FromAsync(shelf, user with { Secret = $"guess {i}" }, $"198.51.100.{i % 5}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync(shelf, user, "198.51.100.1"));
        Assert.Equal(HttpStatusCode.NotFound, await FromAsync(shelf, user, "203.0.113.9"));
    }

    [Fact]
    public async Task An_address_that_guesses_over_many_key_ids_is_slowed_down_as_a_whole()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
            statuses.Add(await shelf.StatusAsync(HttpMethod.Get, shelf.User(CredentialScope.Append) with { Secret = "guess" }, "config"));

        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        await Eventually.TrueAsync(() => !shelf.Cluster.Notes.IsEmpty, "the tries are noted");
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 20)]
    public async Task Of_many_wrong_tries_at_once_only_as_many_are_judged_as_would_be_one_after_another(bool sameKey, int expected)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var vault = shelf.Cluster.Vault("acme", "main");
        var held = new TaskCompletionSource();
        vault.Until = held.Task;

        var tries = Enumerable.Range(0, 60)
            .Select(i => shelf.StatusAsync(HttpMethod.Get, (sameKey ? user : shelf.User(CredentialScope.Append)) with { Secret = $"guess {i}" }, "config"))
            .ToList();
        await Eventually.TrueAsync(() => vault.Authentications == expected, "the first are judged");
        held.SetResult();
        var statuses = await Task.WhenAll(tries);

        Assert.Equal(expected, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(60 - expected, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(expected, vault.Authentications);
    }

    [Fact]
    public async Task Good_credentials_that_come_together_wait_for_a_place_and_are_not_refused()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var vault = shelf.Cluster.Vault("acme", "main");
        var held = new TaskCompletionSource();
        vault.Until = held.Task;
        var users = Enumerable.Range(0, 30).Select(_ => shelf.User(CredentialScope.Append)).ToList();

        var requests = Enumerable.Range(0, 60).Select(i => shelf.StatusAsync(HttpMethod.Post, users[i % users.Count], "?create=true")).ToList();
        await Eventually.TrueAsync(() => vault.Authentications > 0, "the first are judged");
        held.SetResult();

        Assert.All(await Task.WhenAll(requests), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Who_goes_away_while_he_waits_takes_no_place()
    {
        var (throttle, stranger) = (new Throttle(TimeProvider.System), IPAddress.Parse("192.0.2.1"));
        using var gone = new CancellationTokenSource();
        for (var i = 0; i < 3; i++)
            Assert.Equal(TimeSpan.Zero, await throttle.EnterAsync(stranger, "k1", gone.Token));
        var waiting = throttle.EnterAsync(stranger, "k1", gone.Token);
        Assert.False(waiting.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        throttle.Leave(stranger, "k1");
        Assert.Equal(TimeSpan.Zero, await throttle.EnterAsync(stranger, "k1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_vault_does_not_make_a_log_of_its_own()
    {
        await using var shelf = await ShelfHost.StartAsync();
        await shelf.StatusAsync(HttpMethod.Get, shelf.User(CredentialScope.Append, "nobody") with { Secret = "guess" }, "config");

        await Eventually.TrueAsync(() => !shelf.Cluster.Notes.IsEmpty, "the try is noted");
        var (log, fact) = Assert.Single(shelf.Cluster.Notes);
        Assert.Equal("provider", log);
        Assert.Equal("vault/nobody/main", fact.Subject);
    }

    [Fact]
    public async Task A_verdict_is_believed_for_a_minute()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var vault = shelf.Cluster.Vault("acme", "main");
        for (var i = 0; i < 20; i++)
            await shelf.StatusAsync(HttpMethod.Get, user, "data/");

        Assert.Equal(1, vault.Authentications);
        vault.Revoke(user.KeyId);
        shelf.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
        shelf.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
    }

    [Fact]
    public async Task While_the_cluster_is_away_a_known_credential_works_for_ten_minutes()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (user, unknown) = (shelf.User(CredentialScope.Append), shelf.User(CredentialScope.Append));
        await shelf.StoreAsync(user, "data", [1]);
        shelf.Cluster.IsDown = true;

        shelf.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
        await shelf.StoreAsync(user, "data", [2]);
        using (var response = await shelf.SendAsync(HttpMethod.Get, unknown, "data/"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        shelf.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
        shelf.Cluster.IsDown = false;
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
    }

    [Fact]
    public async Task A_grain_that_hangs_is_not_waited_for_longer_than_5_seconds()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var vault = shelf.Cluster.Vault("acme", "main");
        vault.Until = new TaskCompletionSource().Task;

        var request = shelf.StatusAsync(HttpMethod.Get, shelf.User(CredentialScope.Append), "data/");
        await Eventually.TrueAsync(() => vault.Authentications == 1, "the grain is asked");
        Assert.False(request.IsCompleted);
        shelf.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await request);
    }

    [Fact]
    public async Task A_suspended_tenant_is_told_so_and_a_vault_of_another_node_is_unknown_here()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (suspended, elsewhere) = (shelf.User(CredentialScope.Append), shelf.User(CredentialScope.Append, "acme", "far"));
        shelf.Cluster.Vault("acme", "main").IsSuspended = true;
        shelf.Cluster.Vault("acme", "far").Node = "node2";

        using var response = await shelf.SendAsync(HttpMethod.Get, suspended, "data/");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("tenant-suspended", Assert.Single(response.Headers.GetValues("Backup-Online-Code")));
        Assert.Contains("suspended", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, elsewhere, "data/"));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Post, elsewhere, "?create=true"));
        Assert.False(Directory.Exists(shelf.VaultFolder("acme", "far")));
    }

    private static async Task<HttpStatusCode> FromAsync(ShelfHost shelf, ShelfUser user, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "acme/main/config");
        request.Headers.Authorization = user.Header;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"10.0.0.1, {address}");
        using var response = await shelf.Http.SendAsync(request);
        return response.StatusCode;
    }
}
