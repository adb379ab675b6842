namespace BackupOnline.Agent.Hypervisors;

/// <summary>A new machine being made from a point: never over an existing one, powered off, its network disconnected. To be disposed; disposing an unfinished one removes what it made.</summary>
internal interface IMachineRestore : IAsyncDisposable
{
    /// <summary>Writes at <paramref name="offset"/> of a disk; what is never written reads as zeros.</summary>
    ValueTask WriteAsync(string diskId, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Everything is durable; the machine stands, off.</summary>
    /// <returns>Where it is, for a person: a folder, or a name on the host.</returns>
    Task<string> CompleteAsync(CancellationToken cancellation);
}
