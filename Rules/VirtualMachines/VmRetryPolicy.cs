using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>The numbers of <see cref="VmRetryRule"/>. They are ours, not the contract's.</summary>
public sealed record VmRetryPolicy
{
    public static VmRetryPolicy Default { get; } = new();

    /// <summary>Wait after the first failure that may pass by itself; default 2 minutes, doubled for each further attempt.</summary>
    public Duration BackOff { get; init; } = Duration.FromMinutes(2);

    /// <summary>The longest such wait; default 1 hour.</summary>
    public Duration MaxBackOff { get; init; } = Duration.FromHours(1);

    /// <summary>Wait where a person has to act first: somebody who frees a disk does not also have to press a button; default 2 hours.</summary>
    public Duration OperatorWait { get; init; } = Duration.FromHours(2);

    /// <summary>Attempts of a day's backup after which the day is given up; default 12.</summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>Attempts of an audit, a boot test or a restore; default 3.</summary>
    public int MaxOtherAttempts { get; init; } = 3;
}
