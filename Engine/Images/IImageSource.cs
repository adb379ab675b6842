namespace BackupOnline.Engine.Images;

/// <summary>A disk at one instant, held readable while it is backed up. Reads may run in parallel.</summary>
public interface IImageSource
{
    /// <summary>Name of its file in the snapshot's folder: <c>disk0.raw</c>.</summary>
    string Name { get; }

    /// <summary>Bytes.</summary>
    long Size { get; }

    /// <summary>Whether <see cref="ExtentsAsync"/> gives what changed since the parent snapshot rather than what there is.</summary>
    bool IsIncremental { get; }

    /// <summary>
    /// What has to be looked at; ascending, disjoint, inside the image. Of an incremental source, what no extent covers is as in the parent snapshot; of a full one, it is zero.
    /// </summary>
    IAsyncEnumerable<ImageExtent> ExtentsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Fills the buffer with the bytes at <paramref name="offset"/>; any place of the image may be asked for, not only what an extent covers. The buffer must not be touched after the
    /// call ended. A failure ends the backup, and no snapshot is made.
    /// </summary>
    ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);
}
