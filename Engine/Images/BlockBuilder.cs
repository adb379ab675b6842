namespace BackupOnline.Engine.Images;

/// <summary>Gathers the extents that touch one block.</summary>
/// <param name="number">Of the block.</param>
/// <param name="length">Bytes of the block.</param>
/// <param name="readGaps">Whether what no extent covers is read: what did not change in a block that did. Otherwise it is zero.</param>
internal sealed class BlockBuilder(int number, int length, bool readGaps)
{
    /// <summary>With more parts than this the block is read in one go: each costs a round trip to the source.</summary>
    private const int MaxReads = 8;

    private readonly List<BlockRead> _reads = [];
    private int _end;

    public int Number => number;

    /// <summary>Bytes counted from the block's beginning, behind all that was added before.</summary>
    public void Add(int from, int to, bool isZero)
    {
        SkipTo(from);
        if (!isZero)
            Read(from, to);
        _end = to;
    }

    public TouchedBlock Build()
    {
        SkipTo(length);
        return new TouchedBlock(number, length, _reads.Count <= MaxReads ? _reads : [new BlockRead(0, length)]);
    }

    private void SkipTo(int to)
    {
        if (readGaps && to > _end)
            Read(_end, to);
    }

    private void Read(int from, int to)
    {
        if (_reads.Count > 0 && _reads[^1] is var last && last.Offset + last.Length == from)
            _reads[^1] = last with { Length = to - last.Offset };
        else
            _reads.Add(new BlockRead(from, to - from));
    }
}
