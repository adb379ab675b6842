using BackupOnline.Rules.Jobs;
using NodaTime;

namespace BackupOnline.Grains.Jobs;

/// <summary>The numbers of a run's life; see <see cref="JobPolicy"/> for what each means.</summary>
public sealed class JobOptions
{
    /// <summary>An attempt without a report for this long is interrupted; 1 second to 1 hour. Default 2 minutes.</summary>
    public TimeSpan Lease { get; set; } = JobPolicy.Default.Lease.ToTimeSpan();

    /// <summary>Attempts after which a silent run has failed; 1 to 100. Default 5.</summary>
    public int MaxAttempts { get; set; } = JobPolicy.Default.MaxAttempts;

    /// <summary>An interrupted run without a sign of life for this long has failed; 1 second to 30 days. Default 24 hours.</summary>
    public TimeSpan Deadline { get; set; } = JobPolicy.Default.Deadline.ToTimeSpan();

    /// <summary>Progress is written at most this often, and otherwise kept in memory; 0 to 1 minute. Longer spares writes, and loses more of the
    /// progress shown when a silo dies. Default 15 seconds.</summary>
    public TimeSpan ProgressWrittenEvery { get; set; } = TimeSpan.FromSeconds(15);

    internal JobPolicy ToPolicy() => JobPolicy.Default with
    {
        Lease = Duration.FromTimeSpan(Lease),
        MaxAttempts = MaxAttempts,
        Deadline = Duration.FromTimeSpan(Deadline),
    };
}
