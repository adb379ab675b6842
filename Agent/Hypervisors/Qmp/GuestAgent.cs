using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>
/// The agent inside the guest. It answers one command after the other, and says nothing when it is not there: only a deadline tells. So each command is
/// preceded by a synchronisation with a number of its own: an answer that a former client did not wait for is never taken for ours.
/// </summary>
internal sealed class GuestAgent : IDisposable
{
    private readonly JsonLines _lines = new();
    private readonly TimeProvider _time;

    private GuestAgent(TimeProvider time) => _time = time;

    /// <exception cref="QmpLostException">Nobody listens: QEMU is not running or has no such channel.</exception>
    public static async Task<GuestAgent> ConnectAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        var agent = new GuestAgent(time);
        try
        {
            await agent._lines.ConnectAsync(path, cancellation);
            return agent;
        }
        catch
        {
            agent.Dispose();
            throw;
        }
    }

    /// <exception cref="QmpLostException">Silent: no agent, or one that takes longer than the deadline. The command may still be done later.</exception>
    /// <exception cref="QmpException">The agent refused.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, JsonObject? arguments, TimeSpan patience, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await SynchroniseAsync(either.Token);
            var message = new JsonObject { ["execute"] = command };
            if (arguments is not null)
                message["arguments"] = arguments;
            await _lines.SendAsync(message, either.Token);
            var reply = await _lines.ReceiveAsync(either.Token);
            if (reply.TryGetProperty("error", out var error))
                throw new QmpException(command, error.GetProperty("class").GetString()!, error.GetProperty("desc").GetString()!);
            return reply.GetProperty("return");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new QmpLostException($"The guest agent did not answer {command} within {patience.TotalSeconds:0.#} s.", silent: true);
        }
    }

    public void Dispose() => _lines.Dispose();

    private async Task SynchroniseAsync(CancellationToken cancellation)
    {
        var number = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        await _lines.SendAsync(new byte[] { 0xff }, cancellation);
        await _lines.SendAsync(new JsonObject { ["execute"] = "guest-sync-delimited", ["arguments"] = new JsonObject { ["id"] = number } }, cancellation);
        while (true)
        {
            var reply = await _lines.ReceiveAsync(cancellation);
            if (reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty("return", out var echo) && echo.ValueKind == JsonValueKind.Number && echo.GetInt64() == number)
                return;
        }
    }
}
