using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.BackupSets;

/// <summary>A cold set: which machine backs up into which vault, how often it is expected, when it was last seen. Never decides retention. Key: <see cref="Names.BackupSetKey"/>.</summary>
[Alias("bo.set")]
public interface IBackupSetGrain : IGrainWithStringKey
{
    [Alias("create")]
    Task<Reply<BackupSetView>> CreateAsync(CreateBackupSet request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<BackupSetView>> ReadAsync(CancellationToken cancellation);

    /// <summary>The Vault tells of an arrival, at least once; known names and other hosts' credentials change nothing.</summary>
    [Alias("snapshot-arrived")]
    Task SnapshotArrivedAsync(SnapshotArrival arrival, string? host, CancellationToken cancellation);
}
