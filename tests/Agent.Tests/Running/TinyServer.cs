using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BackupOnline.Agent.Tests.Running;

/// <summary>An HTTP server on a free loopback port that answers as a test tells it to, and remembers what it was asked.</summary>
public sealed class TinyServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;
    private readonly Func<Asked, Answer> _answer;

    public TinyServer(Func<Asked, Answer> answer)
    {
        _answer = answer;
        var port = FreePort();
        Url = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    public Uri Url { get; }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public IEnumerable<Asked> To(string path) => Requests.Where(asked => asked.Path == path);

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        // Not stopped before: to close a stopped listener binds its port once more, which somebody else may have by then.
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var asked = new Asked(
                context.Request.HttpMethod, context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"], context.Request.Headers["Idempotency-Key"], context.Request.Headers["Range"], body.ToArray());
            Requests.Enqueue(asked);
            // On a thread of its own: an answer that a test holds back must not hold back the others.
            var answer = await Task.Factory.StartNew(() => _answer(asked), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (answer.Cut)
            {
                // The head of an answer and some of its body, then nothing.
                context.Response.ContentLength64 = 1000;
                await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
                return;
            }

            context.Response.StatusCode = answer.Status;
            if (answer.Date is { } date)
                context.Response.Headers["Date"] = date.ToString("r");
            if (answer.Code is { } code)
                context.Response.Headers["Backup-Online-Code"] = code;
            context.Response.ContentType = answer.Type ?? (answer.Status >= 400 ? "application/problem+json" : "application/json");
            var bytes = answer.Bytes ?? Encoding.UTF8.GetBytes(answer.Body);
            context.Response.ContentLength64 = bytes.Length;
            if (asked.Method != "HEAD")
                await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
        }
    }

    public sealed record Asked(string Method, string Path, string? Authorization, string? IdempotencyKey, string? Range, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);
    }

    public sealed record Answer(int Status, string Body = "", bool Cut = false, DateTimeOffset? Date = null, byte[]? Bytes = null, string? Type = null, string? Code = null);
}
