namespace BackupOnline.Agent.Hypervisors;

/// <summary>One disk of an open point.</summary>
internal interface IPointDisk
{
    /// <summary>Stable across runs and restarts of the machine.</summary>
    string DiskId { get; }

    /// <summary>Bytes; a multiple of 512.</summary>
    long Size { get; }

    DiskBasis Basis { get; }

    /// <summary>
    /// What has to be looked at: for a full disk every extent, those that hold nothing as <see cref="ExtentKind.Zero"/>; for an incremental one the extents that may have
    /// changed since the base. Ascending, disjoint, inside the disk.
    /// </summary>
    IAsyncEnumerable<Extent> ExtentsAsync(CancellationToken cancellation);

    /// <summary>Reads exactly <paramref name="buffer"/>.Length bytes at <paramref name="offset"/>.</summary>
    /// <exception cref="HypervisorException">The point broke; nothing of this run may be committed.</exception>
    ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation);
}
