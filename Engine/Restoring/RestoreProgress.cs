namespace BackupOnline.Engine.Restoring;

/// <summary>
/// How far a restore is. Made by the caller, counted up by the restore, read by the caller at its own pace with <see cref="Read"/>. Thread-safe.
/// The totals grow while the trees are walked, batch by batch.
/// </summary>
public sealed class RestoreProgress
{
    private long _filesTotal;
    private long _bytesTotal;
    private long _filesDone;
    private long _bytesDone;
    private long _errors;
    private int _totalsKnown;

    /// <summary>The state at this moment.</summary>
    public RestoreProgressState Read() => new()
    {
        FilesTotal = Interlocked.Read(ref _filesTotal),
        BytesTotal = Interlocked.Read(ref _bytesTotal),
        TotalsKnown = Volatile.Read(ref _totalsKnown) != 0,
        FilesDone = Interlocked.Read(ref _filesDone),
        BytesDone = Interlocked.Read(ref _bytesDone),
        Errors = Interlocked.Read(ref _errors),
    };

    internal void Planned(long bytes)
    {
        Interlocked.Increment(ref _filesTotal);
        Interlocked.Add(ref _bytesTotal, bytes);
    }

    internal void AllPlanned() => Volatile.Write(ref _totalsKnown, 1);

    internal void BytesWritten(long bytes) => Interlocked.Add(ref _bytesDone, bytes);

    internal void FileDone() => Interlocked.Increment(ref _filesDone);

    internal void Failed() => Interlocked.Increment(ref _errors);
}
