using NodaTime;

namespace BackupOnline.Rules.Jobs;

/// <summary>The numbers of <see cref="JobRule"/>. They are ours, not the contract's.</summary>
public sealed record JobPolicy
{
    public static JobPolicy Default { get; } = new();

    /// <summary>An attempt without a report for this long is interrupted; default 2 minutes. Shorter sees a dead agent sooner, longer forgives a longer cut.</summary>
    public Duration Lease { get; init; } = Duration.FromMinutes(2);

    /// <summary>A run that is interrupted in its attempt of this number has failed; default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long a queue waits before it offers the work a second time; default 1 minute, doubled for each further attempt.</summary>
    public Duration BackOff { get; init; } = Duration.FromMinutes(1);

    /// <summary>The longest such wait; default 1 hour.</summary>
    public Duration MaxBackOff { get; init; } = Duration.FromHours(1);

    /// <summary>An interrupted run without any sign of life for this long has failed; default 24 hours. A run that reports may last as long as it needs.</summary>
    public Duration Deadline { get; init; } = Duration.FromHours(24);
}
