namespace BackupOnline.Agent.Hypervisors;

/// <summary>A run of bytes of a disk.</summary>
internal readonly record struct Extent(long Offset, long Length, ExtentKind Kind)
{
    /// <summary>The first byte after it.</summary>
    public long End => Offset + Length;
}
