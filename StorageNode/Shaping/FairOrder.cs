namespace BackupOnline.StorageNode.Shaping;

/// <summary>
/// Who goes next on a full link: start-time fair queueing. Each piece gets a start on a virtual time that runs slower the more there is to send; the earliest start goes first. That is
/// weighted max-min fairness: of those who always have something to send each has the same rate per weight, and what the others leave flows to them. Not thread-safe.
/// </summary>
internal sealed class FairOrder<T>
{
    private readonly PriorityQueue<(T Piece, double Start), (double Start, long Number)> _waiting = new();
    private double _virtual;
    private long _number;

    public int Count => _waiting.Count;

    public void Add(FairFlow flow, int bytes, double weight, T piece)
    {
        var start = Math.Max(_virtual, flow.Finish);
        flow.Finish = start + (bytes / weight);
        _waiting.Enqueue((piece, start), (start, _number++));
    }

    public T Next()
    {
        (var piece, _virtual) = _waiting.Dequeue();
        return piece;
    }
}
