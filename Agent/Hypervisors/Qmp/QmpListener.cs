using System.Threading.Channels;

namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>Events since the listener was made, in order.</summary>
internal sealed class QmpListener(ChannelReader<QmpEvent> events, TimeSpan patience, TimeProvider time, Action forget) : IDisposable
{
    /// <summary>The next event that is meant; those before it are dropped.</summary>
    /// <exception cref="QmpLostException">It did not come in time, or the session ended.</exception>
    public async Task<QmpEvent> NextAsync(Func<QmpEvent, bool> meant, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            while (true)
            {
                var told = await events.ReadAsync(either.Token);
                if (meant(told))
                    return told;
            }
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException as QmpLostException ?? new QmpLostException("The session with QEMU ended.", silent: false, closed);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new QmpLostException($"QEMU did not tell what was awaited within {patience.TotalSeconds:0} s.", silent: true);
        }
    }

    /// <summary>What was told so far, without waiting.</summary>
    public IReadOnlyList<QmpEvent> Drain()
    {
        var told = new List<QmpEvent>();
        while (events.TryRead(out var one))
            told.Add(one);
        return told;
    }

    public void Dispose() => forget();
}
