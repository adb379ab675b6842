using System.Net;
using System.Net.Sockets;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using Microsoft.AspNetCore.Http;

namespace BackupOnline.Engine.Tests.Stores;

/// <summary>What a REST store does when the server or the line misbehaves.</summary>
public sealed class RestFailureTests : IAsyncLifetime
{
    private static readonly byte[] Bytes = new byte[100_000];
    private static readonly ObjectName Pack = new(ObjectKind.Data, ObjectId.Of(Bytes));

    private readonly List<StoreRetry> _retries = [];
    private RestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        FailFirst(2, context => context.Response.StatusCode = status);
        using var store = NewStore();

        await store.PutAsync(Pack, Bytes);

        Assert.Equal(Bytes, _server.Objects[Pack.ToString()]);
        Assert.Equal([1, 2], _retries.Select(retry => retry.Attempt));
        Assert.All(_retries, retry => Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), retry.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again()
    {
        FailFirst(2, context => context.Abort());
        using var store = NewStore();

        await store.PutAsync(Pack, Bytes);
        Assert.Equal(Bytes, await store.GetAsync(Pack));

        Assert.Equal(2, _retries.Count);
    }

    [Fact]
    public async Task A_lost_answer_to_an_upload_ends_well_where_existing_objects_are_refused()
    {
        var lost = 0;
        _server.After = context =>
        {
            if (lost++ == 0)
                context.Abort();
        };
        using var store = NewStore();

        await store.PutAsync(Pack, Bytes);

        Assert.Single(_retries);
        Assert.Contains($"HEAD /tenant/vault/{Pack}", _server.Requests);
    }

    [Fact]
    public async Task An_object_of_another_length_under_the_name_is_not_taken_for_ours()
    {
        _server.Objects[Pack.ToString()] = [1, 2, 3];
        using var store = NewStore();

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(Pack, Bytes));

        Assert.Equal(RepositoryProblem.AccessDenied, failure.Problem);
    }

    [Theory]
    [InlineData(401, RepositoryProblem.AccessDenied)]
    [InlineData(403, RepositoryProblem.AccessDenied)]
    [InlineData(404, RepositoryProblem.NoRepository)]
    [InlineData(507, RepositoryProblem.NoRoom)]
    [InlineData(400, RepositoryProblem.Protocol)]
    [InlineData(302, RepositoryProblem.Protocol)]
    public async Task What_cannot_pass_is_told_at_once(int status, RepositoryProblem problem)
    {
        _server.Before = context =>
        {
            context.Response.StatusCode = context.Request.Method == "HEAD" ? 404 : status;
            return Task.FromResult(true);
        };
        using var store = NewStore();

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(Pack, Bytes));

        Assert.Equal(problem, failure.Problem);
        Assert.Empty(_retries);
        Assert.Contains(store.Location, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_server_says_so_before_a_large_upload_is_sent()
    {
        var received = 0L;
        _server.Before = async context =>
        {
            received += context.Request.ContentLength ?? 0;
            context.Response.StatusCode = 507;
            await context.Response.CompleteAsync();
            return true;
        };
        using var store = NewStore();
        var large = new byte[50_000_000];

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(new ObjectName(ObjectKind.Data, ObjectId.Of(large)), large));

        Assert.Equal(RepositoryProblem.NoRoom, failure.Problem);
        Assert.Equal(50_000_000, received);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task The_wait_that_the_server_asks_for_is_kept()
    {
        FailFirst(1, context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "2";
        });
        using var store = NewStore();

        await store.PutAsync(Pack, Bytes);

        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(_retries).Wait);
    }

    [Fact]
    public async Task Patience_ends_and_says_what_to_do()
    {
        _server.Before = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        using var store = NewStore(retryFor: TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(Pack));

        Assert.Equal(RepositoryProblem.Unreachable, failure.Problem);
        Assert.Contains("503", failure.Message, StringComparison.Ordinal);
        Assert.Contains("run again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var store = new RestStore(RestAddress.Parse($"rest:http://127.0.0.1:{port}/x/"), new RestStoreOptions { FirstContactRetryFor = TimeSpan.Zero });

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(ObjectName.Config));

        Assert.Equal(RepositoryProblem.Unreachable, failure.Problem);
    }

    [Fact]
    public async Task A_server_that_lets_nobody_in_is_unreachable_and_not_a_cancellation()
    {
        // Nobody accepts: as soon as the queue is full, further connections hang.
        using var busy = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        busy.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        busy.Listen(1);
        var waiting = Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var socket in waiting)
            _ = socket.ConnectAsync(busy.LocalEndPoint!).ContinueWith(connected => connected.Exception, TaskScheduler.Default);
        using var store = new RestStore(
            RestAddress.Parse($"http://{busy.LocalEndPoint}/"), new RestStoreOptions { FirstContactRetryFor = TimeSpan.Zero, RetryFor = TimeSpan.Zero, ConnectTimeout = TimeSpan.FromSeconds(1) });

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.LengthAsync(Pack));

        Assert.Equal(RepositoryProblem.Unreachable, failure.Problem);
        Assert.Contains("no connection within 1 s", failure.Message, StringComparison.Ordinal);
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_line_on_which_nothing_moves_is_given_up_and_tried_again()
    {
        FailFirst(1, context => context.RequestAborted.WaitHandle.WaitOne());
        using var store = NewStore(stall: TimeSpan.FromMilliseconds(300));

        await store.PutAsync(Pack, Bytes);

        Assert.Contains("nothing moved", Assert.Single(_retries).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_ends_early_is_read_again()
    {
        _server.Objects[Pack.ToString()] = Bytes;
        var cut = 0;
        _server.Before = async context =>
        {
            if (cut++ > 0)
                return false;
            context.Response.ContentLength = Bytes.Length;
            await context.Response.Body.WriteAsync(Bytes.AsMemory(0, 5000));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        };
        using var store = NewStore();

        Assert.Equal(Bytes, await store.GetAsync(Pack));
        Assert.Single(_retries);
    }

    [Fact]
    public async Task A_listing_with_a_size_below_nothing_is_no_listing()
    {
        _server.Before = async context =>
        {
            context.Response.ContentType = "application/vnd.x.restic.rest.v2";
            await context.Response.WriteAsync($$"""[{"name":"{{Pack.Name}}","size":-5}]""");
            return true;
        };
        using var store = NewStore();

        var failure = await Assert.ThrowsAsync<RepositoryException>(async () => await store.ListAsync(ObjectKind.Data).ToListAsync());

        Assert.Equal(RepositoryProblem.Protocol, failure.Problem);
    }

    [Fact]
    public async Task The_credential_is_sent_and_never_shown()
    {
        string? sent = null;
        _server.Before = context =>
        {
            sent = context.Request.Headers.Authorization;
            context.Response.StatusCode = 401;
            return Task.FromResult(true);
        };
        using var store = new RestStore(RestAddress.Parse(_server.Url.Replace("http://", "rest:http://user:p%40ss@", StringComparison.Ordinal)));

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(ObjectName.Config));

        Assert.Equal("Basic " + Convert.ToBase64String("user:p@ss"u8), sent);
        Assert.DoesNotContain("p@ss", failure.Message + store.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("p%40ss", failure.Message + store.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rest:http://backup.example/x/")]
    [InlineData("http://10.0.0.1:8081/t/v")]
    [InlineData("rest:http://localhost.example/")]
    [InlineData("rest:ftp://127.0.0.1/")]
    [InlineData("rest:nonsense")]
    [InlineData("rest:https://h/t/v?x=1")]
    public void An_unsafe_or_broken_address_is_refused(string address) =>
        Assert.Equal(RepositoryProblem.UnsafeAddress, Assert.Throws<RepositoryException>(() => RestAddress.Parse(address)).Problem);

    [Fact]
    public void An_unsafe_address_is_refused_however_it_was_made()
    {
        Assert.Throws<RepositoryException>(() => new RestStore(new RestAddress(new Uri("http://10.0.0.1/t/v/"), "u", "p")));
        using var store = new RestStore(new RestAddress(new Uri("https://u:p@backup.example/t/v"), null, null));
        Assert.Equal("https://backup.example/t/v/", store.Location);
    }

    [Theory]
    [InlineData("rest:https://u:p@backup.example/t/v", "https://backup.example/t/v/")]
    [InlineData("rest:http://localhost:8081/t/v/", "http://localhost:8081/t/v/")]
    [InlineData("http://[::1]:8081/t", "http://[::1]:8081/t/")]
    [InlineData("https://backup.example", "https://backup.example/")]
    public void A_good_address_is_read(string address, string url) => Assert.Equal(url, RestAddress.Parse(address).Url.ToString());

    [Fact]
    public async Task The_servers_clock_is_noticed()
    {
        _server.Before = context =>
        {
            context.Response.Headers.Date = DateTimeOffset.UnixEpoch.ToString("R");
            context.Response.StatusCode = 404;
            return Task.FromResult(true);
        };
        using var store = NewStore();
        Assert.Null(store.ClockOffset);

        await store.LengthAsync(Pack);

        var expected = DateTimeOffset.UnixEpoch - TimeProvider.System.GetUtcNow();
        Assert.InRange((store.ClockOffset!.Value - expected).TotalMinutes, -1, 1);
    }

    private void FailFirst(int times, Action<HttpContext> fail)
    {
        var seen = 0;
        _server.Before = context =>
        {
            if (Interlocked.Increment(ref seen) > times)
                return Task.FromResult(false);
            fail(context);
            return Task.FromResult(true);
        };
    }

    private RestStore NewStore(TimeSpan? retryFor = null, TimeSpan? stall = null) => new(
        RestAddress.Parse(_server.Url),
        new RestStoreOptions
        {
            RetryFor = retryFor ?? TimeSpan.FromMinutes(1),
            FirstContactRetryFor = retryFor ?? TimeSpan.FromMinutes(1),
            StallTimeout = stall ?? TimeSpan.FromSeconds(30),
            OnRetry = retry =>
            {
                lock (_retries)
                    _retries.Add(retry);
            },
        });
}
