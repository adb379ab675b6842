using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Shaping;

/// <summary>The node's own link in both directions, where its rate is given (<see cref="ShelfOptions.LinkBitsPerSecond"/>).</summary>
internal sealed class NodeLink
{
    private readonly long? _bitsPerSecond;
    private int _connections;

    public NodeLink(IOptions<ShelfOptions> options, TimeProvider clock)
    {
        _bitsPerSecond = options.Value.LinkBitsPerSecond;
        if (_bitsPerSecond is { } rate)
            (In, Out) = (new(clock, rate), new(clock, rate));
    }

    public FairLink? In { get; }

    public FairLink? Out { get; }

    /// <summary>Most bytes that pass at once, so that with one piece of every connection in the queue nobody waits too long.</summary>
    public int MostPiece => _bitsPerSecond is { } rate ? (int)Math.Clamp(rate / 8.0 * 2.5 / Math.Max(Volatile.Read(ref _connections), 1), 1 << 10, 256 << 10) : int.MaxValue;

    public void Enter() => Interlocked.Increment(ref _connections);

    public void Leave() => Interlocked.Decrement(ref _connections);
}
