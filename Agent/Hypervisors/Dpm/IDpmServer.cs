namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>What is asked of a Data Protection Manager server: an engine of its own, which is told what to protect and is believed only as far as its recovery points go.</summary>
internal interface IDpmServer : IAsyncDisposable
{
    /// <summary>Hyper-V machines that DPM can see on a protected server, or protects.</summary>
    /// <exception cref="HypervisorException">The server cannot be asked.</exception>
    Task<IReadOnlyList<DpmSource>> SourcesAsync(string productionServer, CancellationToken cancellation);

    /// <summary>A protection group for these machines: to disk, one express full a day at these times, kept this many days. Nothing is saved unless every step succeeds.</summary>
    Task ProtectAsync(DpmProtection protection, CancellationToken cancellation);

    /// <summary>Active recovery points only: one that has expired, or is being removed, is none.</summary>
    Task<IReadOnlyList<DpmRecoveryPoint>> RecoveryPointsAsync(string sourceId, CancellationToken cancellation);

    /// <summary>Active alerts of a machine.</summary>
    Task<IReadOnlyList<DpmAlert>> AlertsAsync(string sourceId, CancellationToken cancellation);

    /// <summary>Starts an express full now.</summary>
    Task RunNowAsync(string sourceId, CancellationToken cancellation);
}
