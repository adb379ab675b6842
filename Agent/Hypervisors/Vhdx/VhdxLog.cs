namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>
/// The log [2.3] of a file that was not closed: the newest sequence of whole, successive entries is what counts; its effect is laid over the file.
/// A log from which no whole sequence can be read is refused: the file's tables may be half written.
/// </summary>
internal static class VhdxLog
{
    /// <summary>Bytes. Hyper-V and qemu write logs of 1 MiB; a larger one than this is taken for damage rather than read into memory.</summary>
    public const int Largest = 64 * VhdxFormat.Megabyte;

    /// <summary>Runs of zeros in a log; each is looked at in every read, so that a file could be made to be read for ever.</summary>
    private const int MostZeros = 16_384;

    public static void Replay(VhdxBytes file, VhdxHeader header)
    {
        if (header.Log == Guid.Empty)
            return;
        if (header.LogLength is 0 or > Largest || header.LogLength % VhdxFormat.Megabyte != 0 || header.LogOffset < VhdxFormat.Megabyte || header.LogOffset % VhdxFormat.Megabyte != 0)
            throw VhdxException.Damaged(file.Path, $"its log of {header.LogLength} bytes at {header.LogOffset} cannot be one");
        var log = new byte[header.LogLength];
        file.Read(header.LogOffset, log);
        var sequence = Newest(new VhdxLogReader(log, header.Log))
            ?? throw VhdxException.Damaged(file.Path, "it was not closed, and its log holds no whole sequence of entries");
        if (file.Length < sequence[^1].FlushedFileOffset)
            throw VhdxException.Damaged(file.Path, $"its log knows {sequence[^1].FlushedFileOffset} bytes, and it has {file.Length}");
        if (sequence.Sum(entry => entry.Changes.Count(change => change.Data is null)) > MostZeros)
            throw VhdxException.Damaged(file.Path, $"its log holds more than {MostZeros} runs of zeros");
        var replay = new VhdxReplay();
        foreach (var entry in sequence)
            Apply(file, entry, replay);
        replay.Grow(sequence[^1].LastFileOffset);
        file.Apply(replay);
    }

    /// <summary>Null: none is whole. Otherwise its entries from the tail to the head [2.3.2].</summary>
    private static List<VhdxLogEntry>? Newest(VhdxLogReader reader)
    {
        List<VhdxLogEntry>? best = null;
        var seen = new HashSet<int>();
        for (var start = 0; start < reader.Length; start += VhdxFormat.LogSector)
        {
            if (seen.Contains(start) || reader.At(start) is not { } entry)
                continue;
            var run = new List<VhdxLogEntry> { entry };
            seen.Add(start);
            while (reader.At(run[^1].Next(reader.Length)) is { } next && next.Sequence == run[^1].Sequence + 1)
            {
                run.Add(next);
                seen.Add(next.Position);
            }

            var tail = run.FindIndex(one => one.Position == run[^1].Tail);
            if (tail >= 0 && (best is null || run[^1].Sequence > best[^1].Sequence))
                best = run[tail..];
        }

        return best;
    }

    private static void Apply(VhdxBytes file, VhdxLogEntry entry, VhdxReplay replay)
    {
        foreach (var change in entry.Changes)
        {
            if (change.Offset < 0 || change.Length < 0 || change.Offset % VhdxFormat.LogSector != 0 || change.Length % VhdxFormat.LogSector != 0 || change.Offset > long.MaxValue - change.Length)
                throw VhdxException.Damaged(file.Path, $"its log changes {change.Length} bytes at {change.Offset}");
            if (change.Data is { } data)
                replay.Write(change.Offset, data);
            else
                replay.Zero(change.Offset, change.Length);
        }
    }
}
