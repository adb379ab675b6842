namespace BackupOnline.Engine.Repairing;

/// <summary>How far a repair is. Made by the caller, counted up by the repair, read at the caller's own pace. Thread-safe.</summary>
public sealed class RepairProgress
{
    private long _done;
    private long _total;

    /// <summary>Packs or trees looked at.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>0 until it is known.</summary>
    public long Total => Interlocked.Read(ref _total);

    internal void Planned(long total) => Interlocked.Exchange(ref _total, total);

    internal void OneDone() => Interlocked.Increment(ref _done);
}
