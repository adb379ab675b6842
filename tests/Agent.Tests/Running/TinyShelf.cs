using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackupOnline.Agent.Tests.Running;

/// <summary>restic's REST protocol on a dictionary, for a vault acme/main, with a refusal that a test may put in front. The real shelf has its own tests.</summary>
public sealed class TinyShelf : IAsyncDisposable
{
    private const string Root = "/acme/main/";
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly TinyServer _server;

    public TinyShelf() => _server = new TinyServer(Answer);

    public const string Secret = "TopSecretOfTheShelf";

    /// <summary>Asked first; null: go on.</summary>
    public Func<TinyServer.Asked, TinyServer.Answer?> Refusal { get; set; } = _ => null;

    public TimeSpan Skew { get; set; }

    public Uri Url => _server.Url;

    public string Address => $"rest:{Url}acme/main/";

    public string AddressWithSecret => $"rest:http://k1:{Secret}@{Url.Authority}/acme/main/";

    public int Count(string kind) => _objects.Keys.Count(name => name.StartsWith(kind + "/", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private TinyServer.Answer Answer(TinyServer.Asked asked)
    {
        var answer = Refusal(asked) ?? Serve(asked);
        return Skew == TimeSpan.Zero ? answer : answer with { Date = DateTimeOffset.UnixEpoch + (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch) + Skew };
    }

    private TinyServer.Answer Serve(TinyServer.Asked asked)
    {
        if (asked.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"k1:{Secret}")))
            return new TinyServer.Answer(401);
        if (!asked.Path.StartsWith(Root, StringComparison.Ordinal))
            return new TinyServer.Answer(404);
        var name = asked.Path[Root.Length..];
        if (name.Length == 0)
            return new TinyServer.Answer(200);
        if (name.EndsWith('/'))
            return List(name);
        if (asked.Method == "POST")
            return _objects.TryAdd(name, asked.Body) || _objects[name].AsSpan().SequenceEqual(asked.Body) ? new TinyServer.Answer(200) : new TinyServer.Answer(403);
        if (asked.Method == "DELETE")
            return name.StartsWith("locks/", StringComparison.Ordinal) ? new TinyServer.Answer(_objects.TryRemove(name, out _) ? 200 : 404) : new TinyServer.Answer(403);
        return _objects.TryGetValue(name, out var bytes) ? Content(bytes, asked.Range) : new TinyServer.Answer(404);
    }

    private TinyServer.Answer List(string kind) => new(
        200,
        JsonSerializer.Serialize(_objects.Where(pair => pair.Key.StartsWith(kind, StringComparison.Ordinal)).Select(pair => new { name = pair.Key[kind.Length..], size = pair.Value.Length })),
        Type: "application/vnd.x.restic.rest.v2");

    private static TinyServer.Answer Content(byte[] bytes, string? range)
    {
        if (range is null)
            return new TinyServer.Answer(200, Bytes: bytes, Type: "application/octet-stream");
        var ends = range["bytes=".Length..].Split('-');
        var from = int.Parse(ends[0], CultureInfo.InvariantCulture);
        var to = ends[1].Length == 0 ? bytes.Length - 1 : int.Parse(ends[1], CultureInfo.InvariantCulture);
        return new TinyServer.Answer(206, Bytes: bytes[from..(to + 1)], Type: "application/octet-stream");
    }
}
