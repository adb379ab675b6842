using BackupOnline.Engine.Comparing;

namespace BackupOnline.Agent.Lines;

/// <summary>One side of restic's statistics line.</summary>
internal sealed record DifferencePart(long Files, long Dirs, long Others, long DataBlobs, long TreeBlobs, long Bytes)
{
    public static DifferencePart Of(DifferenceCount count) => new(count.Files, count.Folders, count.Others, count.DataBlobs, count.TreeBlobs, count.Bytes);
}
