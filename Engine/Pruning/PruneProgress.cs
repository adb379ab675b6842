namespace BackupOnline.Engine.Pruning;

/// <summary>How far a prune is. Made by the caller, counted up by the prune, read at the caller's own pace. Thread-safe.</summary>
public sealed class PruneProgress
{
    private long _trees;
    private long _stepsTotal;
    private long _stepsDone;
    private long _bytesCopied;

    /// <summary>Distinct trees read so far to learn what is used.</summary>
    public long Trees => Interlocked.Read(ref _trees);

    /// <summary>Packs to repack and to remove; 0 until it is known.</summary>
    public long StepsTotal => Interlocked.Read(ref _stepsTotal);

    public long StepsDone => Interlocked.Read(ref _stepsDone);

    /// <summary>Sealed bytes copied into new packs.</summary>
    public long BytesCopied => Interlocked.Read(ref _bytesCopied);

    internal void TreeDone() => Interlocked.Increment(ref _trees);

    internal void Planned(long steps) => Interlocked.Exchange(ref _stepsTotal, steps);

    internal void StepDone() => Interlocked.Increment(ref _stepsDone);

    internal void Copied(long bytes) => Interlocked.Add(ref _bytesCopied, bytes);
}
