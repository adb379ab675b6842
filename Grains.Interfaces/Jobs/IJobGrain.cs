using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>One run: state machine, attempts, lease, progress. An at-least-once delivery with idempotent effects. Key: <see cref="Names.JobKey"/>.</summary>
[Alias("bo.job")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Opens the run, or starts its next attempt when the last one was interrupted.</summary>
    [Alias("start")]
    Task<Reply<JobView>> StartAsync(StartJob request, CancellationToken cancellation);

    [Orleans.Concurrency.AlwaysInterleave]
    [Alias("read")]
    Task<Reply<JobView>> ReadAsync(CancellationToken cancellation);

    /// <summary>Renews the lease of this attempt; a report of an older attempt is refused with <c>attempt-superseded</c>.</summary>
    [Alias("progress")]
    Task<Reply<JobView>> ReportAsync(ReportProgress request, CancellationToken cancellation);

    /// <summary>Ends the run, once. The same outcome again is a repetition.</summary>
    [Alias("finish")]
    Task<Reply<JobView>> FinishAsync(FinishJob request, CancellationToken cancellation);

    /// <summary>Orders the run: it waits for its host. Again: nothing changes.</summary>
    [Alias("queue")]
    Task<Reply<JobView>> QueueAsync(QueueJob request, CancellationToken cancellation);

    /// <summary>Takes the next attempt of an ordered run. Refused while an attempt holds the lease, before its wait is over, and to other hosts.</summary>
    [Alias("take")]
    Task<Reply<JobView>> TakeAsync(TakeJob request, CancellationToken cancellation);

    /// <summary>Takes an ordered run back. Refused while an attempt holds the lease.</summary>
    [Alias("withdraw")]
    Task<Reply<JobView>> WithdrawAsync(CancellationToken cancellation);

    /// <summary>Looks at its clocks now, and tells again what its machine and host may not know.</summary>
    [Alias("look")]
    Task<Reply<JobView>> LookAsync(CancellationToken cancellation);

    /// <summary>The screen of a boot test, or a refusal.</summary>
    [Orleans.Concurrency.AlwaysInterleave]
    [Alias("picture")]
    Task<Reply<BootPicture>> PictureAsync(CancellationToken cancellation);

    /// <summary>The Vault tells that a snapshot of this run's host arrived, at least once: it is the proof, even if the agent's last word is lost.</summary>
    [Alias("snapshot-arrived")]
    Task SnapshotArrivedAsync(SnapshotArrival arrival, CancellationToken cancellation);
}
