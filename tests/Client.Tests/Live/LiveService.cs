using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace BackupOnline.Client.Tests.Live;

/// <summary>The service as processes on a data folder of its own: silos with their private PostgreSQL, and the door.</summary>
public sealed class LiveService : IAsyncDisposable
{
    /// <summary>What the payment service signs with, and what it will sign with next.</summary>
    public const string PaymentSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string NextPaymentSecret = "a-text-of-at-least-24-bytes";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, LiveProcess> silos = [];
    private readonly int doorPort = FreePort();
    private LiveProcess? door;

    /// <summary>Of hot vaults; made by the silo at the first one.</summary>
    public string MasterKeyFile => Path.Combine(folder.Path, "master.key");

    public string DataFolder => Path.Combine(folder.Path, "data");

    public Uri Address => new($"http://127.0.0.1:{doorPort}");

    public string OperatorKey { get; private set; } = "";

    /// <summary>What all processes have said on their terminals.</summary>
    public string Output => string.Join('\n', silos.Values.Append(door).Select(process => process?.Output));

    public async Task StartAsync(params IEnumerable<string> nodes)
    {
        foreach (var node in nodes)
            StartSilo(node);
        StartDoor();
        await ReadyAsync();
        OperatorKey = await Eventually.GetAsync(ReadOperatorKey, $"the operators' first key; {Output}", Patience);
    }

    public void StartSilo(string node) => silos[node] = LiveProcess.Start("Silo", new Dictionary<string, string>
    {
        ["BACKUPONLINE_DATA"] = DataFolder,
        ["BACKUPONLINE_NODE"] = node,
        ["BACKUPONLINE_MASTER_KEY_FILE"] = MasterKeyFile,
        ["BACKUPONLINE_STORAGE"] = $"127.0.0.1:{FreePort()}",
    });

    public void StartDoor() => door = LiveProcess.Start("Client", new Dictionary<string, string>
    {
        ["BACKUPONLINE_DATA"] = DataFolder,
        ["BACKUPONLINE_HTTP"] = $"127.0.0.1:{doorPort}",
        ["BACKUPONLINE_PAYMENT_SECRET"] = $"{NextPaymentSecret},{PaymentSecret}",
    });

    public Task KillSiloAsync(string node) => silos[node].KillAsync();

    /// <summary>Waits until door, silo and database answer.</summary>
    public async Task ReadyAsync()
    {
        using var http = Visit(null);
        await Eventually.GetAsync(async () =>
        {
            try
            {
                return (await http.GetAsync("/health/ready")).IsSuccessStatusCode ? "ready" : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }, $"the door is ready; {Output}", Patience);
    }

    /// <summary>A visitor with this key. All of 127.0.0.0/8 is loopback: an address of its own keeps a test's wrong keys from slowing the others.</summary>
    public HttpClient Visit(string? key, string from = "127.0.0.1")
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var http = new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public HttpClient Operator() => Visit(OperatorKey);

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..20];

    public async ValueTask DisposeAsync()
    {
        if (door is not null)
            await door.DisposeAsync();
        foreach (var silo in silos.Values)
            await silo.DisposeAsync();
        folder.Dispose();
    }

    private string? ReadOperatorKey()
    {
        var path = Path.Combine(DataFolder, "run", "operator-key");
        return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } key ? key : null;
    }

    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
