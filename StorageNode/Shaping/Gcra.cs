namespace BackupOnline.StorageNode.Shaping;

/// <summary>
/// The generic cell rate algorithm: one number, the time at which everything that was let through so far is paid for. Whoever wants to pass pays in advance and waits until it is due,
/// less a burst of 30 ms that lets late timers catch up (engine-speed section 4): in any window no more passes than rate x (window + burst) and one piece.
/// </summary>
internal sealed class Gcra
{
    public static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(30);

    /// <summary>
    /// Nobody is held longer at once, so that no client and no limit of Kestrel's takes a slow line for a dead one. Pieces are small enough that the rate keeps its word
    /// nevertheless, see <see cref="TenantPace.PieceBytes"/>.
    /// </summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(3);

    private readonly long _frequency;
    private readonly long _burst;
    private readonly long _most;
    private long _paid;

    public Gcra(long frequency)
    {
        _frequency = frequency;
        _burst = Ticks(Burst);
        _most = Ticks(Burst + LongestHold);
        _paid = long.MinValue / 2;
    }

    /// <summary>Pays for <paramref name="bytes"/> at <paramref name="now"/> (timestamp) and gives how long they have to wait, in ticks of the timestamp; zero or less is at once.</summary>
    public long Take(int bytes, long bitsPerSecond, long now)
    {
        var cost = (long)((Int128)bytes * 8 * _frequency / bitsPerSecond);
        while (true)
        {
            var before = Volatile.Read(ref _paid);
            var after = Math.Min(Math.Max(before, now) + cost, now + _most);
            if (Interlocked.CompareExchange(ref _paid, after, before) == before)
                return after - now - _burst;
        }
    }

    /// <summary>How long the next byte would have to wait.</summary>
    public long Wait(long now) => Volatile.Read(ref _paid) - now - _burst;

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _frequency);
}
