using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Engine.Tests.Stores;

/// <summary>A small server of restic's REST protocol on a free loopback port, with a script of misbehaviour. It behaves as rest-server does: what exists is refused with 403.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RestServer(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Runs before the protocol; true when it has answered.</summary>
    public Func<HttpContext, Task<bool>>? Before { get; set; }

    /// <summary>Runs after the protocol has done its work, before the answer goes out.</summary>
    public Action<HttpContext>? After { get; set; }

    public bool IsVersion1 { get; init; }

    public bool KnowsRanges { get; init; } = true;

    public string Url => _app.Urls.First() + "/tenant/vault/";

    public static async Task<RestServer> StartAsync(bool version1 = false, bool ranges = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new RestServer(app) { IsVersion1 = version1, KnowsRanges = ranges };
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (Before is not null && await Before(context))
            return;
        const string root = "/tenant/vault/";
        var path = context.Request.Path.Value!;
        if (!path.StartsWith(root, StringComparison.Ordinal))
            context.Response.StatusCode = 404;
        else if (path == root)
            context.Response.StatusCode = 200;
        else if (path.EndsWith('/'))
            await ListAsync(context, path[root.Length..]);
        else
            await ObjectAsync(context, path[root.Length..]);
    }

    private async Task ListAsync(HttpContext context, string folder)
    {
        var found = Objects.Where(stored => stored.Key.StartsWith(folder, StringComparison.Ordinal)).Select(stored => (stored.Key[folder.Length..], stored.Value.Length));
        var body = new StringBuilder("[");
        foreach (var (name, size) in found)
            body.Append(body.Length > 1 ? "," : "").Append(IsVersion1 ? $"\"{name}\"" : $"{{\"name\":\"{name}\",\"size\":{size}}}");
        context.Response.ContentType = IsVersion1 ? "application/vnd.x.restic.rest.v1" : "application/vnd.x.restic.rest.v2";
        await context.Response.WriteAsync(body.Append(']').ToString());
    }

    private async Task ObjectAsync(HttpContext context, string name)
    {
        if (context.Request.Method == "POST")
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            context.Response.StatusCode = Objects.TryAdd(name, body.ToArray()) ? 200 : 403;
            After?.Invoke(context);
        }
        else if (context.Request.Method == "DELETE")
        {
            context.Response.StatusCode = Objects.TryRemove(name, out _) ? 200 : 404;
        }
        else if (!Objects.TryGetValue(name, out var bytes))
        {
            context.Response.StatusCode = 404;
        }
        else if (context.Request.Method == "HEAD")
        {
            context.Response.ContentLength = bytes.Length;
        }
        else
        {
            await Results.File(bytes, "application/octet-stream", enableRangeProcessing: KnowsRanges).ExecuteAsync(context);
        }
    }
}
