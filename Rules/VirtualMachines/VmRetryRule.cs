using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>Whether a failed attempt is tried again, and when: contract article 6, "errors are handled by the provider".</summary>
public static class VmRetryRule
{
    /// <summary>
    /// How long to wait after the failure of attempt <paramref name="attempt"/> (1 for the first), or null when the run is over. A day's backup goes on
    /// whatever the fault: waiting costs nothing, and the day is lost otherwise. Other work goes on only where the fault may pass by itself: whoever asked
    /// for it decides.
    /// </summary>
    public static Duration? After(VmFault fault, int attempt, bool isDaysBackup, VmRetryPolicy policy)
    {
        if (attempt < 1) throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Attempts count from 1.");
        var needsPerson = fault is VmFault.Operator or VmFault.MachineGone;
        if (attempt >= (isDaysBackup ? policy.MaxAttempts : policy.MaxOtherAttempts) || (needsPerson && !isDaysBackup)) return null;
        if (needsPerson) return policy.OperatorWait;

        var wait = policy.BackOff;
        for (var done = 1; done < attempt && wait < policy.MaxBackOff; done++) wait += wait;
        return Duration.Min(wait, policy.MaxBackOff);
    }
}
