using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>A real shelf: Kestrel on a free loopback port, a folder of its own on the real disk. Only the grains behind it are stand-ins, and the clock is moved by hand.</summary>
internal sealed class ShelfHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly WebApplication _app;
    private readonly bool _keepFolder;

    // A client for each credential: a connection belongs to one tenant, or to a prober.
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();

    private ShelfHost(WebApplication app, StubCluster cluster, FakeTimeProvider clock, string folder, bool keepFolder)
    {
        (_app, Cluster, Clock, Folder, _keepFolder) = (app, cluster, clock, folder, keepFolder);
        Address = new Uri(app.Urls.First() + "/");
    }

    public StubCluster Cluster { get; }

    public FakeTimeProvider Clock { get; }

    public string Folder { get; }

    public Uri Address { get; }

    /// <summary>Where clients that are made from now on send to instead of <see cref="Address"/>: a proxy.</summary>
    public Uri? Via { get; set; }

    /// <summary>For requests without a tenant's credential.</summary>
    public HttpClient Http => Client("");

    public IServiceProvider Services => _app.Services;

    public static async Task<ShelfHost> StartAsync(Action<ShelfOptions>? change = null, string? folder = null, StubCluster? cluster = null, FakeTimeProvider? clock = null, bool realTime = false, bool isBare = false)
    {
        var keep = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("shelf-").FullName;
        cluster ??= new();
        clock ??= new(Start);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(realTime ? TimeProvider.System : clock);
        builder.Services.AddSingleton(cluster.Factory);
        builder.Services.AddShelf(options =>
        {
            options.DataFolder = folder;
            options.Listen = "127.0.0.1:0";

            // Nobody waits by a clock that stands still.
            options.Shape = realTime;

            // The clock stands still unless a test moves it.
            options.RefusalTime = TimeSpan.Zero;
            change?.Invoke(options);
        });
        if (isBare)
        {
            // Kestrel without our middleware and buffers, for comparison.
            builder.Services.Configure<SocketTransportOptions>(socket => (socket.MaxReadBufferSize, socket.MaxWriteBufferSize) = (1 << 20, 64 << 10));
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }
        else
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureShelfKestrel());
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.MapShelf();
        await app.StartAsync();
        return new(app, cluster, clock, folder, keep);
    }

    public ShelfUser User(CredentialScope scope, string tenant = "acme", string vault = "main") => Cluster.Vault(tenant, vault).Issue(scope);

    public string VaultFolder(string tenant = "acme", string vault = "main") => Path.Combine(Folder, "nodes", "node1", "vaults", tenant, vault);

    public static string NameOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    /// <summary>Sends a request for a path below the user's own vault.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, ShelfUser user, string path, byte[]? body = null, string? range = null) =>
        SendToAsync(method, user, $"{user.Vault.Tenant}/{user.Vault.Vault}/{path}", body is null ? null : new ByteArrayContent(body), range);

    public async Task<HttpResponseMessage> SendToAsync(HttpMethod method, ShelfUser? user, string fullPath, HttpContent? body, string? range = null)
    {
        using var request = new HttpRequestMessage(method, fullPath) { Content = body };
        request.Headers.Authorization = user?.Header;
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);

        return await Client(user?.KeyId ?? "").SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, ShelfUser user, string path, byte[]? body = null)
    {
        using var response = await SendAsync(method, user, path, body);
        return response.StatusCode;
    }

    /// <summary>Stores random bytes; gives their name.</summary>
    public async Task<string> StoreAsync(ShelfUser user, string type, byte[] bytes)
    {
        var name = NameOf(bytes);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Post, user, $"{type}/{name}", bytes));
        return name;
    }

    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        return client;
    }

    /// <summary>Sends bytes as they are and reads until the server closes.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        return await ReadToEndAsync(stream);
    }

    public static async Task<string> ReadToEndAsync(Stream stream)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var text = new MemoryStream();
        try
        {
            await stream.CopyToAsync(text, deadline.Token);
        }
        catch (IOException)
        {
            // The server closed without reading everything: what it said before is what counts.
        }

        return Encoding.Latin1.GetString(text.ToArray());
    }

    /// <summary>A clean stop, as on SIGTERM.</summary>
    public Task StopAsync() => _app.StopAsync();

    private HttpClient Client(string keyId) =>
        _clients.GetOrAdd(keyId, _ => new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = Via ?? Address });

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();

        await _app.DisposeAsync();
        if (!_keepFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
