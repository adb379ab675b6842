namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>A disk file of the host, attached for reading. Offsets and lengths are multiples of the sector size that the host gave. Reads may run in parallel.</summary>
internal interface IHyperVDisk : IAsyncDisposable
{
    /// <exception cref="IOException">The host cannot read it.</exception>
    ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation);
}
