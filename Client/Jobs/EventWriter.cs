using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Jobs;

/// <summary>Writes server-sent events (WHATWG HTML, section 9.2).</summary>
internal sealed class EventWriter(IOptions<JsonOptions> json)
{
    public static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        // Proxies must not hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    public async Task SendAsync<T>(HttpResponse response, string kind, T value, CancellationToken cancellation)
    {
        // JSON as we write it has no line breaks.
        await response.WriteAsync($"event: {kind}\ndata: {JsonSerializer.Serialize(value, json.Value.SerializerOptions)}\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    /// <summary>A comment, so that both ends notice a dead connection.</summary>
    public static async Task SendHeartbeatAsync(HttpResponse response, CancellationToken cancellation)
    {
        await response.WriteAsync(": still watching\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
