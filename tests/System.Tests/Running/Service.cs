using System.Net;

namespace BackupOnline.SystemTests.Running;

/// <summary>
/// A whole service of its own: data folder, PostgreSQL (embedded), silos and door as processes on free loopback ports.
/// Everything that was started ends with it.
/// </summary>
internal sealed class Service : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, RunningProgram> silos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> shelfPorts = new(StringComparer.Ordinal);
    private readonly Place place;
    private readonly int doorPort;
    private RunningProgram? door;

    private Service(Place place)
    {
        (this.place, doorPort) = (place, FreePort.Next(place));
        Folder = Directory.CreateTempSubdirectory("backuponline-system-").FullName;
        // PostgreSQL's own user must be able to pass through.
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_001_001);
    }

    /// <summary>The test's scratch folder; the service's data lies in <see cref="Data"/>.</summary>
    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public Uri DoorUri => new($"http://127.0.0.1:{doorPort}/");

    public Door Door => field ??= new(DoorUri, () => File.ReadAllText(Path.Combine(Data, "run", "operator-key")).Trim());

    /// <summary>Extra settings of every process that is started from now on.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Nothing runs yet. Waits until this machine has a place for another service.</summary>
    public static async Task<Service> CreateAsync() => new(await Place.TakeAsync());

    public static async Task<Service> StartAsync(params string[] nodes)
    {
        var service = await CreateAsync();
        try
        {
            foreach (var node in nodes.DefaultIfEmpty("node1"))
            {
                service.StartSilo(node);
            }

            service.StartDoor();
            await service.ReadyAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public int ShelfPort(string node = "node1")
    {
        if (!shelfPorts.TryGetValue(node, out var port))
        {
            shelfPorts[node] = port = FreePort.Next(place);
        }

        return port;
    }

    public RunningProgram Silo(string node = "node1") => silos[node];

    public RunningProgram StartSilo(string node = "node1")
    {
        var settings = new Dictionary<string, string?>(Settings)
        {
            ["BACKUPONLINE_DATA"] = Data,
            ["BACKUPONLINE_NODE"] = node,
            ["BACKUPONLINE_STORAGE"] = $"127.0.0.1:{ShelfPort(node)}",

            // Never the machine's own: hot vaults of a test must not share its master key.
            ["BACKUPONLINE_MASTER_KEY_FILE"] = Path.Combine(Folder, "master.key"),
        };
        return silos[node] = RunningProgram.Start("dotnet", [Paths.Silo], settings, Folder);
    }

    public RunningProgram StartDoor()
    {
        var settings = new Dictionary<string, string?>(Settings) { ["BACKUPONLINE_DATA"] = Data, ["BACKUPONLINE_HTTP"] = $"127.0.0.1:{doorPort}" };
        return door = RunningProgram.Start("dotnet", [Paths.Door], settings, Folder);
    }

    /// <summary>Until the door says ready and every running silo's shelf answers.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Until.TrueAsync("the door is ready", Patience, () => AnswersAsync(http, new Uri(DoorUri, "health/ready")), Evidence);
        foreach (var node in silos.Where(silo => !silo.Value.HasEnded).Select(silo => silo.Key))
        {
            await Until.TrueAsync($"the shelf of {node} is ready", Patience,
                () => AnswersAsync(http, new Uri($"http://127.0.0.1:{ShelfPort(node)}/health/ready")), Evidence);
        }
    }

    public Task StopDoorAsync() => door!.StopAsync(TimeSpan.FromSeconds(40));

    public void KillSilo(string node = "node1") => silos[node].Kill();

    /// <summary>Stops everything in order, as a user would; the data stay.</summary>
    public async Task StopAsync()
    {
        if (door is not null)
        {
            await door.StopAsync(TimeSpan.FromSeconds(40));
        }

        foreach (var silo in silos.Values)
        {
            await silo.StopAsync(TimeSpan.FromSeconds(60));
        }
    }

    public string Evidence() =>
        string.Join('\n', silos.Select(silo => $"--- {silo.Key}\n{Tail(silo.Value.Said)}").Append($"--- door\n{Tail(door?.Said ?? "")}"));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            foreach (var program in silos.Values.Append(door).OfType<RunningProgram>())
            {
                await program.DisposeAsync();
            }

            // By rm: names that are not UTF-8 cannot be spoken through .NET's file API.
            using var rm = System.Diagnostics.Process.Start("rm", ["-rf", Folder]);
            await rm.WaitForExitAsync();
            place.Dispose();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri uri)
    {
        try
        {
            using var answer = await http.GetAsync(uri);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string Tail(string text) => text.Length <= 4000 ? text : text[^4000..];
}
