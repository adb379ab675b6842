using System.Collections.Concurrent;
using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>
/// How far a backup is. Made by the caller, counted up by the backup, read by the caller at its own pace with <see cref="Read"/>. Thread-safe.
/// </summary>
public sealed class BackupProgress
{
    private readonly ConcurrentDictionary<long, RawPath> _reading = new();
    private long _nextReading;
    private long _filesTotal;
    private long _bytesTotal;
    private int _totalsKnown;
    private long _filesDone;
    private long _bytesDone;
    private long _bytesAdded;
    private long _bytesStored;
    private long _errors;

    /// <summary>The state at this moment.</summary>
    public BackupProgressState Read() => new()
    {
        FilesTotal = Interlocked.Read(ref _filesTotal),
        BytesTotal = Interlocked.Read(ref _bytesTotal),
        TotalsKnown = Volatile.Read(ref _totalsKnown) != 0,
        FilesDone = Interlocked.Read(ref _filesDone),
        BytesDone = Interlocked.Read(ref _bytesDone),
        BytesAdded = Interlocked.Read(ref _bytesAdded),
        BytesStored = Interlocked.Read(ref _bytesStored),
        Errors = Interlocked.Read(ref _errors),
        CurrentFiles = [.. _reading.Values],
    };

    internal void Counted(long bytes)
    {
        Interlocked.Increment(ref _filesTotal);
        Interlocked.Add(ref _bytesTotal, bytes);
    }

    internal void AllCounted() => Volatile.Write(ref _totalsKnown, 1);

    internal void FileDone() => Interlocked.Increment(ref _filesDone);

    internal void BytesRead(long bytes) => Interlocked.Add(ref _bytesDone, bytes);

    internal void Added(long plainBytes, long storedBytes)
    {
        Interlocked.Add(ref _bytesAdded, plainBytes);
        Interlocked.Add(ref _bytesStored, storedBytes);
    }

    internal void Failed() => Interlocked.Increment(ref _errors);

    internal long BeginFile(RawPath path)
    {
        var ticket = Interlocked.Increment(ref _nextReading);
        _reading[ticket] = path;
        return ticket;
    }

    internal void EndFile(long ticket) => _reading.TryRemove(ticket, out _);
}
