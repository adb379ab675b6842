using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>A session on a QMP monitor socket, which QEMU gives to one client at a time: a second one waits for the greeting.</summary>
internal sealed class QmpClient : IAsyncDisposable
{
    private readonly JsonLines _lines = new();
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _answers = new();
    private readonly Lock _gate = new();
    private readonly List<ChannelWriter<QmpEvent>> _listeners = [];
    private readonly CancellationTokenSource _end = new();
    private Task _reading = Task.CompletedTask;
    private QmpLostException? _lost;
    private long _number;

    private QmpClient(TimeSpan patience, TimeProvider time) => (_patience, _time) = (patience, time);

    /// <summary>False once the connection ended.</summary>
    public bool Alive => Volatile.Read(ref _lost) is null;

    /// <param name="path">The monitor's unix socket.</param>
    /// <param name="greeting">How long the greeting may take: a monitor that another client holds never sends it.</param>
    /// <param name="patience">How long any answer may take.</param>
    /// <param name="time">The clock of both.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="QmpLostException">Nobody listens, or (silent) another client holds the monitor.</exception>
    public static async Task<QmpClient> ConnectAsync(string path, TimeSpan greeting, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var client = new QmpClient(patience, time);
        try
        {
            using (var deadline = new CancellationTokenSource(greeting, time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation))
            {
                try
                {
                    await client._lines.ConnectAsync(path, either.Token);
                    var greeted = await client._lines.ReceiveAsync(either.Token);
                    if (greeted.ValueKind != JsonValueKind.Object || !greeted.TryGetProperty("QMP", out _))
                        throw new QmpLostException($"{path} is not a QMP monitor.", silent: false);
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    throw new QmpLostException($"{path} does not greet: another client holds this monitor, or QEMU hangs.", silent: true);
                }
            }

            client._reading = client.ReadAsync();
            await client.ExecuteAsync("qmp_capabilities", null, cancellation);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>The result of one command.</summary>
    /// <exception cref="QmpException">QEMU refused it; nothing was changed.</exception>
    /// <exception cref="QmpLostException">No answer: whether it was done is not known.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, JsonObject? arguments, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _number);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[number] = answer;
        try
        {
            if (Volatile.Read(ref _lost) is { } lost)
                throw lost;
            var message = new JsonObject { ["execute"] = command, ["id"] = number };
            if (arguments is not null)
                message["arguments"] = arguments;
            await _turn.WaitAsync(cancellation);
            try
            {
                await _lines.SendAsync(message, cancellation);
            }
            finally
            {
                _turn.Release();
            }

            var reply = await answer.Task.WaitAsync(_patience, _time, cancellation);
            if (reply.TryGetProperty("error", out var error))
                throw new QmpException(command, error.GetProperty("class").GetString()!, error.GetProperty("desc").GetString()!);
            return reply.GetProperty("return");
        }
        catch (TimeoutException)
        {
            throw new QmpLostException($"QEMU did not answer {command} within {_patience.TotalSeconds:0} s.", silent: true);
        }
        finally
        {
            _answers.TryRemove(number, out _);
        }
    }

    /// <summary>Hears every event from now on; to be asked before the command that causes it.</summary>
    public QmpListener Listen()
    {
        var channel = Channel.CreateBounded<QmpEvent>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            if (_lost is not null)
                channel.Writer.Complete(_lost);
            else
                _listeners.Add(channel.Writer);
        }

        return new QmpListener(channel.Reader, _patience, _time, () => Forget(channel.Writer));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _lines.Dispose();
        await _reading;
        _end.Dispose();
        _turn.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                Take(await _lines.ReceiveAsync(_end.Token));
        }
        catch (Exception failure) when (failure is QmpLostException or OperationCanceledException or KeyNotFoundException or InvalidOperationException)
        {
            var lost = failure as QmpLostException ?? new QmpLostException("The session with QEMU ended.", silent: false, failure);
            lock (_gate)
            {
                _lost = lost;
                foreach (var listener in _listeners)
                    listener.TryComplete(lost);
            }

            foreach (var answer in _answers.Values)
                answer.TrySetException(lost);
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("event", out var name))
        {
            var told = new QmpEvent(name.GetString()!, message.TryGetProperty("data", out var data) ? data : default);
            lock (_gate)
            {
                foreach (var listener in _listeners)
                    listener.TryWrite(told);
            }
        }
        else if (message.TryGetProperty("id", out var id) && _answers.TryGetValue(id.GetInt64(), out var answer))
        {
            answer.TrySetResult(message);
        }
    }

    private void Forget(ChannelWriter<QmpEvent> writer)
    {
        lock (_gate)
            _listeners.Remove(writer);
        writer.TryComplete();
    }
}
