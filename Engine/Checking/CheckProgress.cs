namespace BackupOnline.Engine.Checking;

/// <summary>How far a check is. Made by the caller, counted up by the check, read at the caller's own pace. Thread-safe.</summary>
public sealed class CheckProgress
{
    private long _trees;
    private long _packsTotal;
    private long _packsDone;
    private long _bytesRead;

    /// <summary>Distinct trees read so far.</summary>
    public long Trees => Interlocked.Read(ref _trees);

    /// <summary>Packs to read; 0 until it is known, and without reading data.</summary>
    public long PacksTotal => Interlocked.Read(ref _packsTotal);

    public long PacksDone => Interlocked.Read(ref _packsDone);

    /// <summary>Bytes of packs read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    internal void TreeDone() => Interlocked.Increment(ref _trees);

    internal void PacksPlanned(long count) => Interlocked.Exchange(ref _packsTotal, count);

    internal void PackDone(long bytes)
    {
        Interlocked.Increment(ref _packsDone);
        Interlocked.Add(ref _bytesRead, bytes);
    }
}
