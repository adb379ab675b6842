namespace BackupOnline.Engine.Images;

/// <summary>A run of bytes of an image.</summary>
/// <param name="Offset">Of the first byte.</param>
/// <param name="Length">Bytes, 1 or more.</param>
/// <param name="IsZero">Reads as zeros, known without reading.</param>
public readonly record struct ImageExtent(long Offset, long Length, bool IsZero)
{
    /// <summary>Behind the last byte.</summary>
    public long End => Offset + Length;
}
